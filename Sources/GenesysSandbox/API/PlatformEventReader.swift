import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// Reads the batches of the injection API.
///
/// An event that can't be named, for it has no UUID as its `eventId`, spoils the whole request; any
/// other fault of an event is that event's alone. The platform's own validation isn't documented.
struct PlatformEventReader {
  /// An event of a request, or what is wrong with it.
  struct Received {
    var id: UUIDBits
    var event: Result<PlatformEvent, Organization.Impossible>
  }

  /// How an event of an array is read.
  typealias Reader = @Sendable (BodyFields) throws(Refusal) -> PlatformEvent.Kind

  /// The most events in one request.
  ///
  /// The platform's limit isn't documented; this one bounds an answer.
  static let limit = 10_000

  /// The events of a body in the order in which they happened.
  ///
  /// - Parameters:
  ///   - arrays: the names that arrays of events may have, and what is in them.
  /// - Throws: 400.
  static func read(
    _ body: JSONValue, arrays: [(name: String, read: Reader)]
  ) throws(Refusal) -> [Received] {
    let fields = try BodyFields(body)
    var received: [(order: Timestamp, rank: Int, Received)] = []
    for (name, read) in arrays {
      for (index, value) in try (fields.list(name) ?? []).enumerated() {
        let event = try self.event(value, at: "\(name)[\(index)]", read)
        switch event.event {
        case .success(let read): received.append((read.time, read.rank, event))
        case .failure: received.append((Timestamp(nanoseconds: .min), 0, event))
        }
      }
    }
    if received.isEmpty {
      let names = arrays.map(\.name).joined(separator: ", ")
      throw .invalidField(
        arrays.count == 1 ? names : "body", code: .constraintValidation,
        "expected at least one event in \(names)")
    }
    if received.count > limit {
      throw .badRequest("\(received.count) events are more than the [\(limit)] of one request")
    }
    return received.enumerated()
      .sorted {
        ($0.element.order, $0.element.rank, $0.offset)
          < ($1.element.order, $1.element.rank, $1.offset)
      }
      .map(\.element.2)
  }

  private static func event(
    _ value: JSONValue, at place: String, _ read: Reader
  ) throws(Refusal) -> Received {
    let fields = try BodyFields(value, at: place)
    let id = try fields.required("eventId", fields.uuid("eventId"))
    do throws(Refusal) {
      let time = try fields.required("eventDateTime", fields.time("eventDateTime"))
      return Received(
        id: id, event: .success(PlatformEvent(id: id, time: time, kind: try read(fields))))
    } catch {
      return Received(id: id, event: .failure(.init(error.error.message)))
    }
  }
}

extension PlatformEventReader {
  /// `BatchUserRoutingStatusEventRequest`.
  static let routingStatuses: [(name: String, read: Reader)] = [
    (
      "userRoutingStatusEvents",
      { fields throws(Refusal) in
        .routingStatus(
          agent: try fields.required("agentId", fields.uuid("agentId")),
          try fields.required(
            "status",
            fields.choice("status", among: RoutingStatus.eventNames) {
              RoutingStatus(eventName: $0)
            }))
      }
    )
  ]

  /// `BatchUserPresenceEventRequest`.
  static let presences: [(name: String, read: Reader)] = [
    (
      "userPresenceEvents",
      { fields throws(Refusal) in
        _ = try fields.uuid("sourceId")
        return .presence(
          user: try fields.required("userId", fields.uuid("userId")),
          definition: try fields.required(
            "presenceDefinitionId", fields.uuid("presenceDefinitionId")),
          message: try fields.string("message") ?? "")
      }
    )
  ]

  /// `BatchPredictiveRoutingCustomKpiAttributionEventRequest`.
  static let keyFigures: [(name: String, read: Reader)] = [
    (
      "customKpiAttributionEvents",
      { fields throws(Refusal) in
        _ = try fields.required("kpiId", fields.string("kpiId"))
        _ = try fields.required("associatedValue", fields.number("associatedValue"))
        return .keyFigure(
          conversation: try fields.required("conversationId", fields.uuid("conversationId")),
          agent: try fields.required("agentId", fields.uuid("agentId")))
      }
    )
  ]

  /// `BatchConversationEventRequest`: what can happen in a conversation, one array for each.
  static let conversations: [(name: String, read: Reader)] = [
    ("externalEstablishedEvents", established(.voice, .customer)),
    ("ivrEstablishedEvents", established(.voice, .ivr)),
    ("routingEstablishedEvents", established(.voice, .acd)),
    ("userEstablishedEvents", established(.voice, .agent)),
    ("phoneEstablishedEvents", established(.voice, .external)),
    ("communicationAnsweredEvents", changed { _ throws(Refusal) in .answered }),
    ("holdUpdatedEvents", changed(held)),
    ("audioUpdatedEvents", changed(audio)),
    ("communicationEndedEvents", changed(ended(DisconnectType.voice))),
    ("communicationDispositionAppliedEvents", changed(wrappedUp)),
    ("phoneTransferEvents", transferBegun),
    ("routingTransferEvents", transferBegun),
    ("userTransferEvents", transferBegun),
    ("progressTransferEvents", transferProgressed),
    ("endTransferEvents", transferEnded),
    ("consultTransferEvents", consultBegun),
    ("progressConsultTransferEvents", consultProgressed),
    ("endConsultTransferEvents", consultEnded),
    ("emailExternalEstablishedEvents", established(.email, .customer)),
    ("emailFlowEstablishedEvents", established(.email, .workflow)),
    ("emailRoutingEstablishedEvents", established(.email, .acd)),
    ("emailUserEstablishedEvents", established(.email, .agent)),
    ("emailCommunicationAnsweredEvents", changed { _ throws(Refusal) in .answered }),
    ("emailHoldUpdatedEvents", changed(held)),
    ("emailBeginTransmittingEvents", changed { _ throws(Refusal) in .transmitting }),
    ("emailCommunicationSentMessageEvents", changed { _ throws(Refusal) in .sent }),
    ("emailCommunicationEndedEvents", changed(ended(DisconnectType.email))),
    ("emailCommunicationDispositionAppliedEvents", changed(wrappedUp)),
    ("emailRoutingTransferEvents", transferBegun),
    ("emailUserTransferEvents", transferBegun),
    ("emailProgressTransferEvents", transferProgressed),
    ("emailEndTransferEvents", transferEnded),
  ]

  private static func established(
    _ medium: Conversation.Medium, _ purpose: Communication.Purpose
  ) -> Reader {
    { fields throws(Refusal) in
      let configuration = try fields.object("initialConfiguration")
      _ = try fields.object("sourceConfiguration")
      let user = try fields.uuid("userId")
      return .established(
        conversation: try conversation(fields),
        Establishment(
          communication: try communication(fields), medium: medium, purpose: purpose,
          user: purpose == .agent ? try fields.required("userId", user) : nil,
          queue: try fields.uuid("queueId"), skills: try skills(fields),
          address: try first(
            fields.string("ani"), fields.string("phoneNumber"), configuration?.string("from")),
          calledAddress: try first(
            fields.string("dnis"), fields.string("ivrPhoneNumber"), configuration?.string("to")),
          name: try first(fields.string("aniName"), fields.string("ivrName")),
          isAlerting: try configuration?.bool("alerting") ?? false,
          isInbound: try configuration?.bool("inbound") ?? true,
          needsAfterCallWork: try fields.bool("afterCallWorkRequired") ?? false))
    }
  }

  private static func skills(_ fields: BodyFields) throws(Refusal) -> [UUIDBits] {
    let texts = try fields.strings("skillIds") ?? []
    var skills: [UUIDBits] = []
    for (index, text) in texts.enumerated() {
      guard let id = UUIDBits(anyCase: text) else {
        throw .invalidField(fields.place(of: "skillIds[\(index)]"), "expected a UUID")
      }
      skills.append(id)
    }
    return skills
  }

  private static func first(_ texts: String?...) -> String? {
    texts.lazy.compactMap { $0 }.first
  }

  private static func changed(
    _ read: @escaping @Sendable (BodyFields) throws(Refusal) -> CommunicationChange
  ) -> Reader {
    { fields throws(Refusal) in
      .changed(
        conversation: try conversation(fields), communication: try communication(fields),
        try read(fields))
    }
  }

  @Sendable private static func held(_ fields: BodyFields) throws(Refusal) -> CommunicationChange {
    .held(try fields.required("held", fields.bool("held")))
  }

  @Sendable private static func audio(_ fields: BodyFields) throws(Refusal) -> CommunicationChange {
    let state = try fields.required("audioState", fields.object("audioState"))
    _ = try state.bool("canHear")
    return .audio(isMuted: !(try state.bool("canSpeak") ?? true))
  }

  private static func ended(
    _ types: [DisconnectType]
  ) -> @Sendable (BodyFields) throws(Refusal) -> CommunicationChange {
    { fields throws(Refusal) in
      .ended(
        try fields.required(
          "disconnectType",
          fields.choice("disconnectType", among: types.map(\.rawValue)) { word in
            types.first { $0.rawValue == word }
          }))
    }
  }

  @Sendable private static func wrappedUp(_ fields: BodyFields) throws(Refusal)
    -> CommunicationChange
  {
    let notes = try fields.string("notes")
    let tags = try fields.strings("tags") ?? []
    guard let code = try fields.uuid("code") else { return .wrappedUp(nil) }
    return .wrappedUp(.init(code: code.description, notes: notes, tags: tags))
  }

  @Sendable private static func transferBegun(_ fields: BodyFields) throws(Refusal)
    -> PlatformEvent.Kind
  {
    _ = try fields.choice("transferType", among: ["Attended", "Unattended"]) {
      ["Attended", "Unattended"].contains($0) ? $0 : nil
    }
    return .transferBegun(
      conversation: try conversation(fields), command: try command(fields),
      communications: try [
        fields.uuid("initiatingCommunicationId"), fields.uuid("objectCommunicationId"),
      ].compactMap { $0 })
  }

  @Sendable private static func transferProgressed(
    _ fields: BodyFields
  ) throws(Refusal) -> PlatformEvent.Kind {
    .transferProgressed(conversation: try conversation(fields), command: try command(fields))
  }

  @Sendable private static func transferEnded(_ fields: BodyFields) throws(Refusal)
    -> PlatformEvent.Kind
  {
    let states = ["Completed", "Canceled", "Failed"]
    _ = try fields.required(
      "finalState", fields.choice("finalState", among: states) { states.contains($0) ? $0 : nil })
    return .transferEnded(conversation: try conversation(fields), command: try command(fields))
  }

  /// A conversation has one consultation at a time, so its own id stands for the command.
  @Sendable private static func consultBegun(_ fields: BodyFields) throws(Refusal)
    -> PlatformEvent.Kind
  {
    let id = try conversation(fields)
    return .transferBegun(
      conversation: id, command: id,
      communications: try [
        fields.uuid("initiatingCommunicationId"), fields.uuid("objectCommunicationId"),
      ].compactMap { $0 })
  }

  @Sendable private static func consultProgressed(
    _ fields: BodyFields
  ) throws(Refusal) -> PlatformEvent.Kind {
    let id = try conversation(fields)
    return .transferProgressed(conversation: id, command: id)
  }

  @Sendable private static func consultEnded(_ fields: BodyFields) throws(Refusal)
    -> PlatformEvent.Kind
  {
    let id = try conversation(fields)
    return .transferEnded(conversation: id, command: id)
  }

  private static func conversation(_ fields: BodyFields) throws(Refusal) -> UUIDBits {
    try fields.required("conversationId", fields.uuid("conversationId"))
  }

  private static func communication(_ fields: BodyFields) throws(Refusal) -> UUIDBits {
    try fields.required("communicationId", fields.uuid("communicationId"))
  }

  private static func command(_ fields: BodyFields) throws(Refusal) -> UUIDBits {
    try fields.required("commandId", fields.uuid("commandId"))
  }
}

extension DisconnectType {
  /// Those of `communicationEndedEvents`.
  static let voice: [DisconnectType] = [
    .error, .peer, .own, .system, .transfer, .transferACD, .transferConference, .transferConsult,
    .transferUser,
  ]
  /// Those of `emailCommunicationEndedEvents`.
  static let email: [DisconnectType] = [
    .error, .peer, .own, .system, .transfer, .transferACD, .transferUser, .unknown, .spam,
  ]
}
