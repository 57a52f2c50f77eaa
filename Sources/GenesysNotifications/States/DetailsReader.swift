import ContactModel
package import PatchbayCore
package import PatchbayJSON

/// Reads what analytics tell of conversations: everything that every part went through.
package enum DetailsReader {
  /// A part, and its steps in their order.
  package struct History: Sendable, Equatable {
    package let part: ConversationPart
    package let steps: [TimedStep]

    package init(part: ConversationPart, steps: [TimedStep]) {
      self.part = part
      self.steps = steps
    }
  }

  /// A conversation of `POST /api/v2/analytics/conversations/details/query`.
  package struct Details: Sendable {
    package let conversation: UUIDBits
    /// Whether somebody still takes part, or writes up.
    package let isOpen: Bool
    package let histories: [History]
  }

  /// Reads the parts of the users that are watched; nil for what is no conversation.
  package static func read(_ json: JSONValue, watching users: Set<UUIDBits>) -> Details? {
    guard let id = json.uuid("conversationId") else {
      return nil
    }
    var histories: [History] = []
    var isOpen = json["conversationEnd"] == nil
    for participant in json["participants"]?.array ?? [] {
      guard let user = participant.uuid("userId"),
        users.contains(user)
      else { continue }
      for session in participant["sessions"]?.array ?? [] {
        guard let own = session.uuid("sessionId") else {
          continue
        }
        let segments = session["segments"]?.array ?? []
        if segments.contains(where: { $0["segmentEnd"] == nil }) { isOpen = true }
        histories.append(
          History(
            part: ConversationPart(conversation: id, user: user, communication: own),
            steps: steps(segments)))
      }
    }
    return Details(conversation: id, isOpen: isOpen, histories: histories)
  }

  private static func steps(_ segments: [JSONValue]) -> [TimedStep] {
    var steps: [TimedStep] = []
    var wasConnected = false
    var last: (end: Timestamp, type: String?)?
    /// What was gone through before the work after it, or at the end.
    func end(isFollowedByWork: Bool) {
      guard let (end, type) = last else { return }
      let ending = PartEnding(
        disconnectType: type, wasConnected: wasConnected, isFollowedByWork: isFollowedByWork)
      steps.append(TimedStep(step: .over(ending.state), time: end))
      last = nil
    }
    for segment in segments {
      guard let start = segment.time("segmentStart") else { continue }
      let finish = segment.time("segmentEnd")
      switch segment["segmentType"]?.string?.lowercased() {
      case "alert":
        steps.append(TimedStep(step: .alerting, time: start))
      case "interact":
        // An email that is sent in between is no new talk.
        if steps.last?.step != .connected {
          steps.append(TimedStep(step: .connected, time: start))
        }
        wasConnected = true
      case "hold": steps.append(TimedStep(step: .held, time: start))
      case "wrapup":
        end(isFollowedByWork: true)
        guard let finish else { continue }
        let isDone = segment["wrapUpCode"]?.string != nil
        steps.append(
          TimedStep(
            step: .afterWork(isDone ? PlatformState.wrappedUp : PlatformState.wrapUpSkipped),
            time: finish))
        continue
      default: break
      }
      last = finish.map { ($0, segment["disconnectType"]?.string) }
    }
    if last?.type != nil { end(isFollowedByWork: false) }
    return steps
  }
}
