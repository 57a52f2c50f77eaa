import PatchbayCore

/// Something that happens by itself at a time, if nothing has prevented it until then.
struct Deadline: Sendable, Comparable {
  /// What happens.
  enum Kind: Sendable {
    /// After-call work ends by itself.
    case afterCallWork
    /// Nobody has answered.
    case offer
    /// Somebody wants to be called back now.
    case callback
  }

  let time: Timestamp
  let kind: Kind
  let conversation: UUIDBits
  let communication: UUIDBits

  init(time: Timestamp, _ kind: Kind, _ conversation: UUIDBits, _ communication: UUIDBits) {
    self.time = time
    self.kind = kind
    self.conversation = conversation
    self.communication = communication
  }

  static func < (one: Deadline, other: Deadline) -> Bool {
    (one.time, one.communication.high, one.communication.low)
      < (other.time, other.communication.high, other.communication.low)
  }

  static func == (one: Deadline, other: Deadline) -> Bool {
    one.time == other.time && one.communication == other.communication
  }
}

extension Organization {
  /// The code of after-call work that ended by itself, as real organisations have it.
  static let timeoutCode = "ININ-WRAP-UP-TIMEOUT"

  /// Lets happen what was to happen by itself, each at its time.
  mutating func settle(until now: Timestamp) {
    while let next = popDeadline(until: now) {
      if next.kind == .callback {
        wait(next.conversation)
        offerWaiting(at: next.time)
        continue
      }
      guard let conversation = conversations[next.conversation],
        let index = conversation.index(of: next.communication)
      else { continue }
      let communication = conversation.communications[index]
      switch next.kind {
      case .afterCallWork:
        guard communication.afterCallWork.isPending else { continue }
        let wrapUp =
          communication.declaredWrapUp
          ?? Communication.WrapUp(code: Self.timeoutCode, notes: nil, tags: [])
        try? change(
          communication.id, of: conversation.id, .wrappedUp(wrapUp),
          at: max(next.time, communication.changed))
      case .offer:
        guard communication.state == .alerting else { continue }
        try? hangUp(communication.id, of: conversation.id, .system, at: next.time)
      case .callback: break
      }
    }
  }
}
