import GenesysCloud
import PatchbayCore
import PatchbayJSON

extension Conversation {
  /// The conversation as those of its medium are shown, flat: `CallConversation` and its like, or
  /// `ConversationCallEventTopicCallConversation` and its like.
  func mediumJSON(_ surface: ConversationSurface) -> JSONValue {
    var members = JSONMembers()
    members.add("id", id: id)
    members.add(
      "participants", .array(communications.map { $0.mediumParticipantJSON(of: medium, surface) }))
    members.add("otherMediaUris", [])
    if medium == .voice { members.add("recordingState", text: "none") }
    members.add("divisions", [])
    if surface == .read {
      members.add("selfUri", text: "/api/v2/conversations/\(medium.parts)/\(id)")
    }
    return members.json
  }
}

extension Communication {
  /// `CallMediaParticipant` and its like.
  fileprivate func mediumParticipantJSON(
    of medium: Conversation.Medium, _ surface: ConversationSurface
  ) -> JSONValue {
    func reference(_ id: UUIDBits?, _ path: String) -> JSONValue? {
      id.map { id in
        var members = JSONMembers()
        members.add("id", id: id)
        if surface == .read { members.add("selfUri", text: "/api/v2/\(path)/\(id)") }
        return members.json
      }
    }
    var members = JSONMembers()
    members.add("id", id: participantID)
    members.add("name", text: name)
    members.add("address", text: address)
    members.add("startTime", time: established)
    if surface == .read {
      members.add("startAlertingTime", time: connected == established ? nil : established)
    }
    members.add("connectedTime", time: connected)
    members.add("endTime", time: disconnected)
    members.add("startHoldTime", time: heldSince)
    members.add("purpose", text: purpose.rawValue)
    members.add("state", text: state.rawValue)
    if surface == .notified { members.add("initialState", text: initialState) }
    members.add("direction", text: isInbound ? "inbound" : "outbound")
    members.add("disconnectType", text: disconnectType)
    members.add("held", .bool(heldSince != nil))
    // Its models have no `wrapupExpected`, and `wrapupSkipped` also where they are notified.
    addAfterCallWork(to: &members, .read)
    members.add("user", reference(user, "users"))
    members.add("queue", reference(queue, "routing/queues"))
    members.add("attributes", attributesJSON)
    members.add("provider", text: medium.provider)
    members.add("wrapup", wrapUpJSON(surface))
    members.add("alertingTimeoutMs", alertingTime.map { .integer($0.milliseconds) })
    members.add("conversationRoutingData", routingDataJSON(surface))
    switch medium {
    case .voice:
      members.add("muted", .bool(isMuted))
      members.add("confined", false)
      members.add("recording", false)
      members.add("recordingState", text: "none")
      members.add("ani", text: address)
      members.add("dnis", text: calledAddress)
    case .email: members.add("messagesSent", .integer(messagesSent))
    case .callback: addCallback(to: &members)
    case .chat, .message: break
    }
    return members.json
  }
}
