import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// `ConversationQuery`, as far as the sandbox understands it: the interval, conversations by who took part,
/// order by start, and paging.
struct ConversationDetailsQuery {
  private let interval: QueryInterval
  private let filters: [UserFilter]
  private let isDescending: Bool
  private let page: Page

  init(_ body: JSONValue) throws(Refusal) {
    let fields = try BodyFields(body)
    interval = try QueryInterval(fields)
    var filters: [UserFilter] = []
    for (index, value) in try (fields.list("segmentFilters") ?? []).enumerated() {
      filters.append(try UserFilter(BodyFields(value, at: "segmentFilters[\(index)]")))
    }
    self.filters = filters
    for name in [
      "conversationFilters", "evaluationFilters", "surveyFilters", "resolutionFilters",
      "aggregations",
    ] where try !(fields.list(name) ?? []).isEmpty {
      throw .badRequest("the sandbox can't take [\(name)]")
    }
    _ = try fields.choice("orderBy", among: ["conversationStart"]) {
      $0 == "conversationStart" ? $0 : nil
    }
    isDescending = try QueryOrder.isDescending(fields)
    page = try Page(paging: fields)
  }

  /// `AnalyticsConversationQueryResponse`.
  func answer(from organization: Organization) -> JSONValue {
    var found = organization.conversations.values.filter { conversation in
      interval.touches(conversation.start, until: conversation.lastChange)
        && filters.allSatisfy { filter in
          conversation.communications.contains { $0.user.map(filter.holds) ?? false }
        }
    }.sorted { ($0.start, $0.id.high, $0.id.low) < ($1.start, $1.id.high, $1.id.low) }
    if isDescending { found.reverse() }
    return [
      "conversations": .array(page.slice(found).map(\.detailsJSON)),
      "totalHits": .integer(found.count),
    ]
  }
}

extension Conversation {
  /// When all was over, after-call work included; nil as long as it isn't.
  fileprivate var lastChange: Timestamp? {
    guard communications.allSatisfy(\.isFinished) else { return nil }
    return communications.map(\.changed).max()
  }

  /// `AnalyticsConversationWithoutAttributes`.
  fileprivate var detailsJSON: JSONValue {
    var members = JSONMembers()
    members.add("conversationId", id: id)
    members.add("conversationStart", time: start)
    members.add("conversationEnd", time: end)
    members.add("originatingDirection", text: isInbound ? "inbound" : "outbound")
    members.add("participants", .array(communications.map { $0.detailsJSON(of: medium) }))
    return members.json
  }
}

extension Communication {
  /// `AnalyticsParticipantWithoutAttributes`, with its one session.
  fileprivate func detailsJSON(of medium: Conversation.Medium) -> JSONValue {
    var session = JSONMembers()
    session.add("sessionId", id: id)
    session.add("mediaType", text: medium.rawValue)
    session.add("direction", text: isInbound ? "inbound" : "outbound")
    session.add("ani", text: address)
    session.add("dnis", text: calledAddress)
    let last = segments.last { $0.kind != .wrapup }
    session.add("segments", .array(segments.map { json(of: $0, isLast: $0 == last) }))
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
    if isLast { members.add("disconnectType", text: disconnectType) }
    if segment.kind == .wrapup, case .complete(let wrapUp, _, _) = afterCallWork {
      members.add("wrapUpCode", text: wrapUp.code)
      members.add("wrapUpNote", text: wrapUp.notes)
      if !wrapUp.tags.isEmpty {
        members.add("wrapUpTags", .array(wrapUp.tags.map { .string($0) }))
      }
    }
    return members.json
  }
}
