import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

extension Conversation {
  /// The conversation with what everybody has of each medium: `Conversation`, or
  /// `ConversationEventTopicConversation`.
  func json(_ surface: ConversationSurface = .read) -> JSONValue {
    var members = JSONMembers()
    members.add("id", id: id)
    if surface == .read {
      members.add("startTime", time: start)
      members.add("endTime", time: end)
    }
    members.add(
      "participants", .array(communications.map { $0.participantJSON(of: self, surface) }))
    members.add("recordingState", text: "NONE")
    if surface == .read { members.add("state", text: end == nil ? "connected" : "disconnected") }
    members.add("divisions", [])
    if surface == .read { members.add("selfUri", text: "/api/v2/conversations/\(id)") }
    return members.json
  }
}

extension Communication {
  /// `Participant`, or `ConversationEventTopicParticipant`; each communication is one.
  fileprivate func participantJSON(
    of conversation: Conversation, _ surface: ConversationSurface
  ) -> JSONValue {
    var members = JSONMembers()
    members.add("id", id: participantID)
    if surface == .read { members.add("startTime", time: established) }
    members.add("connectedTime", time: connected)
    members.add("endTime", time: disconnected)
    members.add("name", text: name)
    members.add("userId", id: user)
    if surface == .read { members.add("userUri", text: user.map { "/api/v2/users/\($0)" }) }
    members.add("queueId", id: queue)
    members.add("purpose", text: purpose.rawValue)
    if surface == .read {
      members.add("participantType", text: purpose == .agent ? "Internal" : "External")
    }
    members.add("address", text: address)
    if surface == .read {
      members.add("ani", text: address)
      members.add("dnis", text: calledAddress)
    }
    addAfterCallWork(to: &members, surface)
    members.add("wrapup", wrapUpJSON(surface))
    members.add("alertingTimeoutMs", alertingTime.map { .integer($0.milliseconds) })
    members.add("attributes", attributesJSON)
    members.add("conversationRoutingData", routingDataJSON(surface))
    for medium in Conversation.Medium.allCases {
      members.add(
        medium.parts,
        medium == conversation.medium ? [partJSON(of: medium, surface)] : [])
    }
    return members.json
  }

  /// What is known of the work afterwards, by the participant.
  func addAfterCallWork(to members: inout JSONMembers, _ surface: ConversationSurface) {
    members.add("wrapupRequired", .bool(afterCallWork != .notApplicable))
    if surface == .notified { members.add("wrapupExpected", .bool(expectsWrapUp)) }
    members.add("wrapupPrompt", text: promptName)
    members.add("wrapupTimeoutMs", afterCallWorkTime.map { .integer($0.milliseconds) })
    switch afterCallWork {
    case .notApplicable, .expected: break
    case .pending(let start): members.add("startAcwTime", time: start)
    case .complete(_, let start, let end), .skipped(let start, let end):
      members.add("startAcwTime", time: start)
      members.add("endAcwTime", time: end)
    }
    if surface == .read, case .skipped = afterCallWork { members.add("wrapupSkipped", true) }
  }

  /// Whether somebody is still to say how it was.
  private var expectsWrapUp: Bool { afterCallWork == .expected || afterCallWork.isPending }

  private var promptName: String? {
    if let prompt { return prompt.participantName }
    return afterCallWork == .notApplicable ? nil : AfterCallWorkPrompt.optional.participantName
  }

  var attributesJSON: JSONValue {
    .object(attributes.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
  }

  /// `ConversationRoutingData`, of those whom a queue has sent.
  func routingDataJSON(_ surface: ConversationSurface) -> JSONValue? {
    guard let queue else { return nil }
    func reference(_ id: UUIDBits, _ path: String) -> JSONValue {
      var members = JSONMembers()
      members.add("id", id: id)
      if surface == .read { members.add("selfUri", text: "/api/v2/routing/\(path)/\(id)") }
      return members.json
    }
    return [
      "queue": reference(queue, "queues"), "priority": 0,
      "skills": .array(skills.map { reference($0, "skills") }),
    ]
  }

  /// `Call`, `Email` and their like: the part that a participant has in a medium.
  private func partJSON(
    of medium: Conversation.Medium, _ surface: ConversationSurface
  ) -> JSONValue {
    var members = JSONMembers()
    members.add("state", text: state.rawValue)
    members.add("initialState", text: initialState)
    members.add("id", id: id)
    if medium != .chat || surface == .read {
      members.add("direction", text: isInbound ? "inbound" : "outbound")
    }
    members.add("held", .bool(heldSince != nil))
    members.add("startHoldTime", time: heldSince)
    if surface == .read {
      members.add("startAlertingTime", time: connected == established ? nil : established)
    }
    members.add("connectedTime", time: connected)
    members.add("disconnectedTime", time: disconnected)
    members.add("disconnectType", text: disconnectType)
    members.add("provider", text: medium.provider)
    members.add("wrapup", wrapUpJSON(surface))
    members.add("afterCallWork", afterCallWorkJSON)
    members.add("afterCallWorkRequired", .bool(afterCallWork != .notApplicable))
    switch medium {
    case .voice:
      members.add("recording", false)
      members.add("recordingState", text: "none")
      members.add("muted", .bool(isMuted))
      members.add("confined", false)
    case .email: members.add("messagesSent", .integer(messagesSent))
    case .callback: addCallback(to: &members)
    case .chat, .message: break
    }
    return members.json
  }

  /// Who is to be called back.
  func addCallback(to members: inout JSONMembers) {
    guard let callback else { return }
    members.add("callbackNumbers", .array(callback.numbers.map { .string($0) }))
    members.add("callbackUserName", text: callback.userName)
    members.add("callbackScheduledTime", time: callback.scheduled)
  }

  /// How it began.
  var initialState: String { connected == established ? "connected" : "alerting" }

  /// `Wrapup`.
  func wrapUpJSON(_ surface: ConversationSurface) -> JSONValue? {
    guard case .complete(let wrapUp, let start, let end) = afterCallWork else { return nil }
    var members = JSONMembers()
    members.add("code", text: wrapUp.code)
    members.add("notes", text: wrapUp.notes)
    if !wrapUp.tags.isEmpty { members.add("tags", .array(wrapUp.tags.map { .string($0) })) }
    members.add("durationSeconds", .integer(Int(end.since(start).components.seconds)))
    members.add("endTime", time: end)
    if surface == .read { members.add("provisional", false) }
    return members.json
  }

  /// `AfterCallWork`.
  private var afterCallWorkJSON: JSONValue {
    var members = JSONMembers()
    switch afterCallWork {
    case .notApplicable: members.add("state", text: "notApplicable")
    case .expected: members.add("state", text: "unknown")
    case .pending(let start):
      members.add("startTime", time: start)
      members.add("state", text: "pending")
    case .complete(_, let start, let end):
      members.add("startTime", time: start)
      members.add("endTime", time: end)
      members.add("state", text: "complete")
    case .skipped(let start, let end):
      members.add("startTime", time: start)
      members.add("endTime", time: end)
      members.add("state", text: "skipped")
    }
    return members.json
  }
}

extension Conversation.Medium {
  /// Who carries it.
  var provider: String { self == .voice ? "Edge" : "PureCloud \(rawValue)" }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int {
    Int(clamping: components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
