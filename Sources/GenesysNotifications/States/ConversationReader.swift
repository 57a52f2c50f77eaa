import ContactModel
package import PatchbayCore
package import PatchbayJSON

/// Reads conversations as notifications and `GET /api/v2/conversations/{id}` have them.
package enum ConversationReader {
  /// The members that hold communications, by medium.
  private static let media = [
    "calls", "chats", "emails", "messages", "callbacks", "socialExpressions", "videos",
  ]

  /// The conversation's id.
  static func id(of conversation: JSONValue) -> UUIDBits? { conversation.uuid("id") }

  /// Where users' parts in a conversation stand now.
  ///
  /// - Throws: `PipelineError` if it isn't a conversation.
  package static func parts(
    in conversation: JSONValue, of users: Set<UUIDBits>
  ) throws -> [(part: ConversationPart, now: TimedStep)] {
    guard let id = id(of: conversation) else {
      throw PipelineError("a conversation has no \"id\" that is a UUID")
    }
    guard let participants = conversation["participants"]?.array else {
      throw PipelineError("conversation \(id) has no \"participants\"")
    }
    var parts: [(ConversationPart, TimedStep)] = []
    for participant in participants {
      guard let user = participant.uuid("userId"), users.contains(user) else { continue }
      for medium in media {
        for communication in participant[medium]?.array ?? [] {
          guard let own = communication.uuid("id"), let now = step(of: communication, participant)
          else { continue }
          parts.append(
            (ConversationPart(conversation: id, user: user, communication: own), now))
        }
      }
    }
    return parts
  }

  /// Whether nobody takes part any more.
  static func isOver(_ conversation: JSONValue) -> Bool {
    (conversation["participants"]?.array ?? []).allSatisfy { participant in
      media.allSatisfy { medium in
        (participant[medium]?.array ?? []).allSatisfy { communication in
          let state = communication["state"]?.string
          let work = communication["afterCallWork"]?["state"]?.string
          return (state == "disconnected" || state == "terminated") && work != "pending"
        }
      }
    }
  }

  /// Nil for a state that is no step of an agent's work, such as `scheduled`.
  private static func step(of communication: JSONValue, _ participant: JSONValue) -> TimedStep? {
    let connected = communication.time("connectedTime")
    switch communication["state"]?.string {
    case "alerting", "offering":
      let start =
        communication.time("startAlertingTime") ?? participant.time("startTime")
      return TimedStep(step: .alerting, time: start)
    case "connected", "transmitting":
      guard communication["held"]?.bool ?? false else {
        return TimedStep(step: .connected, time: connected)
      }
      return TimedStep(step: .held, time: communication.time("startHoldTime"))
    case "disconnected", "terminated":
      let work = communication["afterCallWork"] ?? .null
      let workEnd = work.time("endTime") ?? participant.time("endAcwTime")
      switch work["state"]?.string {
      case "complete": return TimedStep(step: .afterWork(PlatformState.wrappedUp), time: workEnd)
      case "skipped":
        return TimedStep(step: .afterWork(PlatformState.wrapUpSkipped), time: workEnd)
      case let state:
        let ending = PartEnding(
          disconnectType: communication["disconnectType"]?.string,
          wasConnected: connected != nil, isFollowedByWork: state == "pending")
        return TimedStep(
          step: .over(ending.state), time: communication.time("disconnectedTime"))
      }
    default: return nil
    }
  }
}

/// How an agent's part in a conversation came to its end.
struct PartEnding {
  let disconnectType: String?
  let wasConnected: Bool
  let isFollowedByWork: Bool

  /// The state that tells it.
  var state: String {
    let type = disconnectType?.lowercased() ?? ""
    if !wasConnected {
      // The agent, or the system after a while, turned it down; else it was the other side that gave up.
      return ["system", "client", "timeout"].contains(type)
        ? PlatformState.notResponding : PlatformState.terminated
    }
    if type == "transfer" || type.hasPrefix("transfer.") { return PlatformState.transferred }
    return isFollowedByWork ? PlatformState.disconnected : PlatformState.terminated
  }
}
