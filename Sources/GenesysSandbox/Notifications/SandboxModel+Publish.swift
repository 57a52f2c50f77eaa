import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

extension SandboxModel {
  /// Tells those who listen what became different.
  mutating func publish(
    _ changes: [Change], correlationID: String, at now: Timestamp, seed: UInt64
  ) {
    if notifications.isQuiet { return }
    notifications.expire(at: now)
    for change in changes {
      for (topic, body) in messages(about: change) {
        notifications.publish(
          topic, body, about: change, correlationID: correlationID, faults: faults.notifications,
          seed: seed, at: now)
      }
    }
  }

  private func messages(about change: Change) -> [(String, JSONValue)] {
    switch change {
    case .presence(let id):
      guard let agent = organization.agents[id] else { return [] }
      return when(.presence, id) { agent.presenceMessageJSON }
        + when(.activity, id) { agent.activityJSON }
    case .routingStatus(let id, _, _):
      guard let agent = organization.agents[id] else { return [] }
      return when(.routingStatus, id) { agent.routingMessageJSON }
        + when(.activity, id) { agent.activityJSON }
    case .established(let id, let communication):
      return about(id, communication, detail: \.startTopic)
    case .updated(let id, let communication):
      return about(id, communication, detail: { _ in nil })
    case .ended(let id, let communication):
      return about(id, communication, detail: \.endTopic)
    case .wrappedUp(let id, let communication):
      return about(id, communication, detail: { _ in .afterCallWork })
    }
  }

  /// What users of a conversation are told, and what happened in it.
  private func about(
    _ id: UUIDBits, _ communicationID: UUIDBits,
    detail: (Communication) -> NotificationTopic?
  ) -> [(String, JSONValue)] {
    guard let conversation = organization.conversations[id],
      let index = conversation.index(of: communicationID)
    else { return [] }
    let communication = conversation.communications[index]
    var messages: [(String, JSONValue)] = []
    for user in conversation.users {
      let medium: NotificationTopic = conversation.medium == .voice ? .calls : .emails
      messages += when(.conversations, user) { conversation.json }
      messages += when(medium, user) { conversation.json }
    }
    if let user = communication.user {
      messages += when(.conversationSummary, user) { summary(of: user) }
    }
    if let topic = detail(communication) {
      messages += when(topic, id) { communication.detailJSON(of: conversation, topic) }
    }
    return messages
  }

  private func when(
    _ topic: NotificationTopic, _ id: UUIDBits, _ body: () -> JSONValue
  ) -> [(String, JSONValue)] {
    let name = topic.name(id)
    return notifications.hasListeners(name) ? [(name, body())] : []
  }

  /// `UserConversationSummary`: how many interactions a user has, and how many to write up.
  private func summary(of user: UUIDBits) -> JSONValue {
    func counts(_ medium: Conversation.Medium) -> JSONValue {
      var active = 0
      var writing = 0
      for leg in organization.agents[user]?.legs ?? [] {
        guard let conversation = organization.conversations[leg.conversation],
          conversation.medium == medium, let index = conversation.index(of: leg.communication)
        else { continue }
        if conversation.communications[index].afterCallWork.isPending {
          writing += 1
        } else {
          active += 1
        }
      }
      return [
        "contactCenter": ["active": .integer(active), "acw": .integer(writing)],
        "enterprise": ["active": 0, "acw": 0],
      ]
    }
    return [
      "userId": .string(user.description), "call": counts(.voice), "email": counts(.email),
    ]
  }
}

extension Conversation {
  /// Who of the organisation takes part, or did.
  fileprivate var users: [UUIDBits] {
    var users: [UUIDBits] = []
    for communication in communications {
      if let user = communication.user, !users.contains(user) { users.append(user) }
    }
    return users
  }
}

extension Agent {
  fileprivate var presenceMessageJSON: JSONValue {
    [
      "source": "PURECLOUD",
      "presenceDefinition": [
        "id": .string(presence.value.idText),
        "systemPresence": .string(presence.value.analyticsName),
      ],
      "primary": true, "message": .string(presenceMessage),
      "modifiedDate": .string(presence.start.platformText),
    ]
  }

  fileprivate var routingMessageJSON: JSONValue {
    [
      "id": .string(id.description),
      "routingStatus": [
        "status": .string(status.value.rawValue), "startTime": .string(status.start.platformText),
      ],
    ]
  }

  fileprivate var activityJSON: JSONValue {
    [
      "id": .string(id.description),
      "routingStatus": [
        "status": .string(status.value.rawValue), "startTime": .string(status.start.platformText),
      ],
      "presence": [
        "presenceDefinition": [
          "id": .string(presence.value.idText),
          "systemPresence": .string(presence.value.analyticsName),
        ],
        "presenceMessage": .string(presenceMessage),
        "modifiedDate": .string(presence.start.platformText),
      ],
      "outOfOffice": ["active": false],
      "activeQueueIds": [],
    ]
  }
}

extension Communication {
  fileprivate var startTopic: NotificationTopic? {
    switch purpose {
    case .agent: .userStart
    case .customer: .customerStart
    case .acd: .queueStart
    case .workflow, .ivr, .external: nil
    }
  }

  fileprivate var endTopic: NotificationTopic? {
    switch purpose {
    case .agent: .userEnd
    case .customer: .customerEnd
    case .acd: .queueEnd
    case .workflow, .ivr, .external: nil
    }
  }

  /// A record of `v2.detail.events.conversation`: flat, with times in milliseconds since 1970.
  fileprivate func detailJSON(
    of conversation: Conversation, _ topic: NotificationTopic
  ) -> JSONValue {
    var members = JSONMembers()
    members.add("eventTime", .integer(Int(changed.nanoseconds / 1_000_000)))
    members.add("conversationId", id: conversation.id)
    members.add("participantId", id: participantID)
    members.add("sessionId", id: id)
    members.add("mediaType", text: conversation.medium.rawValue.uppercased())
    members.add("provider", text: "Edge")
    members.add("direction", text: isInbound ? "INBOUND" : "OUTBOUND")
    members.add("ani", text: address)
    members.add("dnis", text: calledAddress)
    members.add("userId", id: user)
    members.add("queueId", id: queue)
    if topic == endTopic {
      members.add(
        "disconnectType",
        text: disconnectType.map { $0.uppercased().replacing(".", with: "_") })
      let end = disconnected ?? changed
      members.add(
        "interactingDurationMs",
        .integer(connected.map { Int(end.nanosecondsSince($0) / 1_000_000) } ?? 0))
      members.add(
        "alertingDurationMs",
        .integer(Int((connected ?? end).nanosecondsSince(established) / 1_000_000)))
    }
    if topic == .afterCallWork {
      switch afterCallWork {
      case .complete(let wrapUp, let start, let end):
        members.add("wrapupCode", text: wrapUp.code)
        members.add("wrapupNotes", text: wrapUp.notes)
        members.add("wrapupDurationMs", .integer(Int(end.nanosecondsSince(start) / 1_000_000)))
      case .skipped(let start, let end):
        members.add("wrapupDurationMs", .integer(Int(end.nanosecondsSince(start) / 1_000_000)))
      case .notApplicable, .expected, .pending: break
      }
    }
    return members.json
  }
}
