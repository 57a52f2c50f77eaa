import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// `ConversationQuery`, as far as the sandbox understands it: the interval, conversations by what they are
/// and by what their parts are, order by start or end, and paging.
struct ConversationDetailsQuery {
  private static let orders = ["conversationStart", "conversationEnd"]

  private let interval: QueryInterval
  private let conversationFilters: [AnalyticsFilter]
  private let segmentFilters: [AnalyticsFilter]
  private let isByEnd: Bool
  private let isDescending: Bool
  private let page: Page

  init(_ body: JSONValue) throws(Refusal) {
    let fields = try BodyFields(body)
    interval = try QueryInterval(fields)
    conversationFilters = try AnalyticsFilter.list(
      "conversationFilters", in: fields, dimensions: Conversation.dimensions)
    segmentFilters = try AnalyticsFilter.list(
      "segmentFilters", in: fields, dimensions: Communication.dimensions)
    for name in ["evaluationFilters", "surveyFilters", "resolutionFilters", "aggregations"]
    where try !(fields.list(name) ?? []).isEmpty {
      throw .badRequest("the sandbox can't take [\(name)]")
    }
    isByEnd =
      try fields.choice("orderBy", among: Self.orders) { word in
        Self.orders.contains(word) ? word : nil
      } == "conversationEnd"
    isDescending = try QueryOrder.isDescending(fields)
    page = try Page(paging: fields)
  }

  /// `AnalyticsConversationQueryResponse`.
  func answer(from organization: Organization) -> JSONValue {
    var found = organization.conversations.values.filter(holds)
      .sorted { (order($0), $0.id.high, $0.id.low) < (order($1), $1.id.high, $1.id.low) }
    if isDescending { found.reverse() }
    return [
      "conversations": .array(page.slice(found).map(\.detailsJSON)),
      "totalHits": .integer(found.count),
    ]
  }

  private func order(_ conversation: Conversation) -> Timestamp {
    isByEnd ? conversation.end ?? Timestamp(nanoseconds: .max) : conversation.start
  }

  private func holds(for conversation: Conversation) -> Bool {
    interval.touches(conversation.start, until: conversation.lastChange)
      && conversationFilters.allSatisfy { $0.holds(conversation.values) }
      && segmentFilters.allSatisfy { filter in
        conversation.communications.contains { communication in
          communication.segments.contains { segment in
            filter.holds { communication.values($0, in: segment, of: conversation) }
          }
        }
      }
  }
}

extension Conversation {
  /// When all was over, after-call work included; nil as long as it isn't.
  fileprivate var lastChange: Timestamp? {
    guard communications.allSatisfy(\.isFinished) else { return nil }
    return communications.map(\.changed).max()
  }

  /// `AnalyticsConversationWithoutAttributes`.
  var detailsJSON: JSONValue {
    var members = JSONMembers()
    members.add("conversationId", id: id)
    members.add("conversationStart", time: start)
    members.add("conversationEnd", time: end)
    members.add("originatingDirection", text: isInbound ? "inbound" : "outbound")
    members.add("participants", .array(communications.map { $0.detailsJSON(of: self) }))
    return members.json
  }
}

extension Communication {
  /// `AnalyticsParticipantWithoutAttributes`, with its one session.
  fileprivate func detailsJSON(of conversation: Conversation) -> JSONValue {
    var session = JSONMembers()
    session.add("sessionId", id: id)
    session.add("mediaType", text: conversation.medium.rawValue)
    session.add("direction", text: isInbound ? "inbound" : "outbound")
    session.add("ani", text: address)
    session.add("dnis", text: calledAddress)
    if let callback {
      session.add("callbackNumbers", .array(callback.numbers.map { .string($0) }))
      session.add("callbackUserName", text: callback.userName)
      session.add("callbackScheduledTime", time: callback.scheduled)
    }
    let last = segments.last { $0.kind != .wrapup }
    session.add("segments", .array(segments.map { json(of: $0, isLast: $0 == last) }))
    session.add(
      "metrics",
      .array(
        conversation.metrics(of: self).map {
          [
            "emitDate": .string($0.emitted.platformText), "name": .string($0.name.rawValue),
            "value": .integer($0.value),
          ]
        }))
    var members = JSONMembers()
    members.add("participantId", id: participantID)
    members.add("participantName", text: name)
    members.add("userId", id: user)
    members.add("purpose", text: purpose.rawValue)
    members.add("sessions", [session.json])
    return members.json
  }

  /// `AnalyticsConversationSegment`.
  private func json(of segment: Segment, isLast: Bool) -> JSONValue {
    var members = JSONMembers()
    members.add("segmentStart", time: segment.start)
    members.add("segmentEnd", time: segment.end)
    members.add("segmentType", text: segment.kind.rawValue)
    members.add("queueId", id: queue)
    if isLast { members.add("disconnectType", text: disconnectType.map(Self.analyticsName)) }
    if segment.kind == .wrapup, case .complete(let wrapUp, _, _) = afterCallWork {
      members.add("wrapUpCode", text: wrapUp.code)
      members.add("wrapUpNote", text: wrapUp.notes)
      if !wrapUp.tags.isEmpty {
        members.add("wrapUpTags", .array(wrapUp.tags.map { .string($0) }))
      }
    }
    return members.json
  }

  /// The word for an end in analytics: `consultTransfer` for `transfer.consult`.
  fileprivate static func analyticsName(_ disconnectType: String) -> String {
    let words = disconnectType.split(separator: ".").reversed()
    return words.enumerated().map { index, word in
      index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }
}

// MARK: What filters ask

extension Conversation {
  /// What filters can ask of a conversation.
  fileprivate static let dimensions = [
    "conversationId", "originatingDirection", "conversationEnd", "conversationStart",
  ]

  fileprivate func values(_ dimension: String) -> [String] {
    switch dimension {
    case "conversationId": [id.description]
    case "originatingDirection": [isInbound ? "inbound" : "outbound"]
    case "conversationEnd": end.map { [$0.platformText] } ?? []
    case "conversationStart": [start.platformText]
    default: []
    }
  }
}

extension Communication {
  /// What filters can ask of a part of a conversation.
  fileprivate static let dimensions = [
    "userId", "queueId", "mediaType", "purpose", "direction", "ani", "dnis", "segmentType",
    "segmentEnd", "disconnectType", "wrapUpCode", "participantName", "requestedRoutingSkillId",
  ]

  fileprivate func values(
    _ dimension: String, in segment: Segment, of conversation: Conversation
  ) -> [String] {
    switch dimension {
    case "segmentType": [segment.kind.rawValue]
    case "segmentEnd": segment.end.map { [$0.platformText] } ?? []
    case "disconnectType": disconnectType.map { [Self.analyticsName($0)] } ?? []
    default: values(dimension, of: conversation)
    }
  }

  /// What a part of a conversation is in some respect.
  func values(_ dimension: String, of conversation: Conversation) -> [String] {
    func texts(_ text: String?) -> [String] { text.map { [$0] } ?? [] }
    return switch dimension {
    case "userId": texts(user?.description)
    case "queueId": texts(queue?.description)
    case "mediaType": [conversation.medium.rawValue]
    case "purpose": [purpose.rawValue]
    case "direction": [isInbound ? "inbound" : "outbound"]
    case "originatingDirection": [conversation.isInbound ? "inbound" : "outbound"]
    case "conversationId": [conversation.id.description]
    case "sessionId": [id.description]
    case "ani": texts(address)
    case "dnis": texts(calledAddress)
    case "participantName": texts(name)
    case "requestedRoutingSkillId": skills.map(\.description)
    case "disconnectType": texts(disconnectType.map(Self.analyticsName))
    case "wrapUpCode":
      if case .complete(let wrapUp, _, _) = afterCallWork { [wrapUp.code] } else { [] }
    default: []
    }
  }
}
