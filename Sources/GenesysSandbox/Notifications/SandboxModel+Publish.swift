import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

extension SandboxModel {
  /// Tells those who listen what became different.
  mutating func publish(
    _ occurrences: [Occurrence], correlationID: String, at now: Timestamp, seed: UInt64
  ) {
    if notifications.isQuiet { return }
    notifications.expire(at: now)
    for occurrence in occurrences {
      for (topic, body) in messages(about: occurrence) {
        notifications.publish(
          topic, body, about: occurrence.change, correlationID: correlationID,
          faults: faults.notifications, next: &nextFaults, seed: seed, at: now)
      }
    }
  }

  private func messages(about occurrence: Occurrence) -> [(String, JSONValue)] {
    switch (occurrence.change, occurrence.subject) {
    case (.presence(let id), .agent(let standing)):
      return when(.presence, id) { standing.presenceJSON }
        + when(.activity, id) { standing.activityJSON(of: id, queues: activeQueues(of: id)) }
    case (.routingStatus(let id, _, _), .agent(let standing)):
      return when(.routingStatus, id) { standing.routingJSON(of: id) }
        + when(.activity, id) { standing.activityJSON(of: id, queues: activeQueues(of: id)) }
    case (.membership(let queue, let id, let isJoined), .agent(let standing)):
      return when(.queueMembers, queue) {
        [
          "id": .string(id.description), "user": ["id": .string(id.description)],
          "queueId": .string(queue.description), "joined": .bool(isJoined),
        ]
      }
        + when(.activity, id) { standing.activityJSON(of: id, queues: activeQueues(of: id)) }
    case (.communication(let progress, _, let communication), .conversation(let conversation)):
      return about(conversation, communication, progress)
    case (.presence, .conversation), (.routingStatus, .conversation), (.membership, .conversation),
      (.communication, .agent):
      return []
    }
  }

  /// What users and queues of a conversation are told, and what happened in it.
  private func about(
    _ conversation: Conversation, _ communicationID: UUIDBits, _ progress: Change.Progress
  ) -> [(String, JSONValue)] {
    guard let index = conversation.index(of: communicationID) else { return [] }
    let communication = conversation.communications[index]
    var messages: [(String, JSONValue)] = []
    for user in conversation.users {
      messages += when(.conversations, user) { conversation.json(.notified) }
      messages += when(.conversations(of: conversation.medium), user) {
        conversation.mediumJSON(.notified)
      }
    }
    for queue in conversation.queues {
      messages += when(.queueConversations, queue) { conversation.json(.notified) }
      messages += when(.queueConversations(of: conversation.medium), queue) {
        conversation.mediumJSON(.notified)
      }
    }
    if let user = communication.user, progress != .described {
      messages += when(.conversationSummary, user) { summary(of: user) }
    }
    for topic in communication.detailTopics(progress) {
      messages += when(topic, conversation.id) { communication.detailJSON(of: conversation, topic) }
    }
    return messages
  }

  /// The queues whose calls an agent takes at present.
  private func activeQueues(of agent: UUIDBits) -> [UUIDBits] {
    organization.catalog.queues.values.filter { $0.members[agent]?.isJoined ?? false }
      .map(\.id).sorted { ($0.high, $0.low) < ($1.high, $1.low) }
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
    let media = Conversation.Medium.allCases.map { JSONValue.Member($0.word, counts($0)) }
    return .object([.init("userId", .string(user.description))] + media)
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

extension Occurrence.Standing {
  fileprivate var presenceJSON: JSONValue {
    [
      "source": "PURECLOUD", "presenceDefinition": definitionJSON, "primary": true,
      "message": .string(presenceMessage), "modifiedDate": .string(presence.start.platformText),
    ]
  }

  private var definitionJSON: JSONValue {
    [
      "id": .string(presence.value.definition.description),
      "systemPresence": .string(presence.value.system.analyticsName),
    ]
  }

  fileprivate func routingJSON(of id: UUIDBits) -> JSONValue {
    ["id": .string(id.description), "routingStatus": statusJSON]
  }

  private var statusJSON: JSONValue {
    ["status": .string(status.value.rawValue), "startTime": .string(status.start.platformText)]
  }

  fileprivate func activityJSON(of id: UUIDBits, queues: [UUIDBits]) -> JSONValue {
    [
      "id": .string(id.description), "routingStatus": statusJSON,
      "presence": [
        "presenceDefinition": definitionJSON, "presenceMessage": .string(presenceMessage),
        "modifiedDate": .string(presence.start.platformText),
      ],
      "outOfOffice": ["active": false],
      "activeQueueIds": .array(queues.map { .string($0.description) }),
    ]
  }
}

extension Conversation {
  /// The queues that it has been in.
  fileprivate var queues: [UUIDBits] {
    var queues: [UUIDBits] = []
    for communication in communications {
      if let queue = communication.queue, !queues.contains(queue) { queues.append(queue) }
    }
    return queues
  }
}

extension Communication {
  /// The records that tell of what happened to it.
  fileprivate func detailTopics(_ progress: Change.Progress) -> [NotificationTopic] {
    switch (progress, purpose) {
    case (.established, .agent): [.userStart]
    case (.established, .customer): [.customerStart]
    case (.established, .acd): [.queueStart]
    case (.ended, .agent): [.userEnd]
    case (.ended, .customer): [.customerEnd]
    case (.ended, .acd): [.queueEnd]
    case (.wrappedUp, .agent): [.afterCallWork, .wrapUp]
    default: []
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
    if let callback, conversation.medium == .callback {
      members.add("callbackNumbers", .array(callback.numbers.map { .string($0) }))
      members.add("callbackUserName", text: callback.userName)
    }
    switch topic {
    case .userStart, .userEnd, .afterCallWork:
      members.add("userId", id: user)
      members.add("queueId", id: queue)
    case .queueStart, .queueEnd, .wrapUp: members.add("queueId", id: queue)
    default: break
    }
    switch topic {
    case .userEnd, .customerEnd, .queueEnd: addEnd(to: &members, of: conversation, topic)
    case .afterCallWork, .wrapUp: addWrapUp(to: &members)
    default: break
    }
    return members.json
  }

  private func addEnd(
    to members: inout JSONMembers, of conversation: Conversation, _ topic: NotificationTopic
  ) {
    members.add("disconnectType", text: disconnectType.map(Self.detailName))
    let end = disconnected ?? changed
    func add(_ name: String, from start: Timestamp?, until end: Timestamp) {
      members.add(name, .integer(start.map { end.since($0).milliseconds } ?? 0))
    }
    switch topic {
    case .queueEnd:
      let answer = conversation.answer(to: self)
      members.add("acdOutcome", text: answer == nil ? "ABANDON" : "ANSWERED")
      members.add("answeredUserId", id: answer?.user)
      add("connectedDurationMs", from: connected, until: end)
    case .userEnd:
      members.add("interactingDurationMs", .integer(time(in: .interact)))
      members.add("heldDurationMs", .integer(time(in: .hold)))
      add("alertingDurationMs", from: established, until: connected ?? end)
    default: add("interactingDurationMs", from: connected, until: end)
    }
  }

  /// How many milliseconds it was in a kind of part.
  private func time(in kind: Segment.Kind) -> Int {
    segments.filter { $0.kind == kind }
      .reduce(Duration.zero) { $0 + ($1.end ?? changed).since($1.start) }.milliseconds
  }

  /// The word for an end in these records: `CONSULT_TRANSFER` for `transfer.consult`.
  private static func detailName(_ disconnectType: String) -> String {
    disconnectType.split(separator: ".").reversed().joined(separator: "_").uppercased()
  }

  private func addWrapUp(to members: inout JSONMembers) {
    switch afterCallWork {
    case .complete(let wrapUp, let start, let end):
      members.add("wrapupCode", text: wrapUp.code)
      members.add("wrapupNotes", text: wrapUp.notes)
      members.add("wrapupDurationMs", .integer(end.since(start).milliseconds))
    case .skipped(let start, let end):
      members.add("wrapupDurationMs", .integer(end.since(start).milliseconds))
    case .notApplicable, .expected, .pending: break
    }
  }
}
