import PatchbayCore
import PatchbayJSON

extension Conversation {
  /// `Conversation`.
  var json: JSONValue {
    var members = JSONMembers()
    members.add("id", id: id)
    members.add("startTime", time: start)
    members.add("endTime", time: end)
    members.add("participants", .array(communications.map { $0.participantJSON(of: self) }))
    members.add("recordingState", text: "none")
    members.add("state", text: end == nil ? "connected" : "disconnected")
    members.add("divisions", [])
    members.add("selfUri", text: "/api/v2/conversations/\(id)")
    return members.json
  }
}

extension Communication {
  /// `Participant`; each communication is one.
  func participantJSON(of conversation: Conversation) -> JSONValue {
    var members = JSONMembers()
    members.add("id", id: participantID)
    members.add("startTime", time: established)
    members.add("connectedTime", time: connected)
    members.add("endTime", time: disconnected)
    members.add("name", text: name)
    members.add("userId", id: user)
    members.add("userUri", text: user.map { "/api/v2/users/\($0)" })
    members.add("queueId", id: queue)
    members.add("purpose", text: purpose.rawValue)
    members.add("participantType", text: purpose == .agent ? "Internal" : "External")
    members.add("address", text: address)
    members.add("ani", text: address)
    members.add("dnis", text: calledAddress)
    members.add("wrapupRequired", .bool(afterCallWork != .notApplicable))
    members.add("wrapupPrompt", text: afterCallWork == .notApplicable ? nil : "optional")
    members.add("wrapup", wrapUpJSON)
    members.add("attributes", [:])
    switch afterCallWork {
    case .notApplicable, .expected: break
    case .pending(let start): members.add("startAcwTime", time: start)
    case .complete(_, let start, let end), .skipped(let start, let end):
      members.add("startAcwTime", time: start)
      members.add("endAcwTime", time: end)
    }
    if case .skipped = afterCallWork { members.add("wrapupSkipped", true) }
    switch conversation.medium {
    case .voice:
      members.add("calls", [callJSON])
      members.add("emails", [])
    case .email:
      members.add("calls", [])
      members.add("emails", [emailJSON])
    }
    members.add("chats", [])
    members.add("messages", [])
    members.add("callbacks", [])
    return members.json
  }

  /// `Call`.
  private var callJSON: JSONValue {
    var members = commonMembers
    members.add("recording", false)
    members.add("muted", .bool(isMuted))
    members.add("confined", false)
    members.add("afterCallWork", afterCallWorkJSON)
    members.add("afterCallWorkRequired", .bool(afterCallWork != .notApplicable))
    return members.json
  }

  /// `Email`.
  private var emailJSON: JSONValue {
    var members = commonMembers
    members.add("messagesSent", .integer(messagesSent))
    members.add("afterCallWork", afterCallWorkJSON)
    members.add("afterCallWorkRequired", .bool(afterCallWork != .notApplicable))
    return members.json
  }

  private var commonMembers: JSONMembers {
    var members = JSONMembers()
    members.add("state", text: state.rawValue)
    members.add("id", id: id)
    members.add("direction", text: isInbound ? "inbound" : "outbound")
    members.add("held", .bool(heldSince != nil))
    members.add("startHoldTime", time: heldSince)
    members.add("startAlertingTime", time: connected == established ? nil : established)
    members.add("connectedTime", time: connected)
    members.add("disconnectedTime", time: disconnected)
    members.add("disconnectType", text: disconnectType)
    members.add("provider", text: "Edge")
    members.add("wrapup", wrapUpJSON)
    return members
  }

  /// `Wrapup`.
  var wrapUpJSON: JSONValue? {
    guard case .complete(let wrapUp, let start, let end) = afterCallWork else { return nil }
    var members = JSONMembers()
    members.add("code", text: wrapUp.code)
    members.add("notes", text: wrapUp.notes)
    if !wrapUp.tags.isEmpty { members.add("tags", .array(wrapUp.tags.map { .string($0) })) }
    members.add("durationSeconds", .integer(Int(end.since(start).components.seconds)))
    members.add("endTime", time: end)
    members.add("provisional", false)
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
