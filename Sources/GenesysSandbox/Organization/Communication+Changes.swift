import ContactModel
import PatchbayCore

extension Communication {
  /// Lets something happen to it.
  ///
  /// - Throws: if it can't, as things stand.
  mutating func apply(
    _ change: CommunicationChange, at time: Timestamp
  ) throws(Organization.Impossible) {
    if case .described(let attributes) = change {
      // Whatever its age: nothing of its course becomes another by it.
      self.attributes.merge(attributes) { $1 }
      return
    }
    if time < changed {
      throw .init(
        "eventDateTime [\(time)] is before the communication's last change [\(changed)]")
    }
    switch change {
    case .answered:
      try require(state == .alerting, "is not alerting")
      state = .connected
      connected = time
    case .held(let isHeld):
      try require(state == .connected, "is not connected")
      heldSince = isHeld ? heldSince ?? time : nil
    case .audio(let isMuted):
      try require(state == .connected, "is not connected")
      self.isMuted = isMuted
    case .transmitting:
      try require(state == .connected, "is not connected")
      state = .transmitting
    case .sent:
      try require(state == .connected || state == .transmitting, "is not connected")
      state = .connected
      messagesSent += 1
    case .ended(let type):
      if isOver { throw .init("communication [\(id)] is over") }
      // After-call work comes after a call, not after one that was never answered.
      if afterCallWork == .expected {
        afterCallWork = connected == nil ? .notApplicable : .pending(since: time)
      }
      state = .disconnected
      disconnected = time
      disconnectType = type.conversationName
      heldSince = nil
    case .described: break
    case .wrappedUp(let wrapUp): try take(wrapUp, at: time)
    }
    changed = time
    followSegments(at: time)
  }

  /// Takes what an agent says of it afterwards.
  private mutating func take(
    _ wrapUp: WrapUp?, at time: Timestamp
  ) throws(Organization.Impossible) {
    switch afterCallWork {
    case .pending(let start):
      // Nobody leaves forced work before its time.
      if prompt == .forcedTimeout, let limit = afterCallWorkTime,
        time < start.advanced(by: limit)
      {
        declaredWrapUp = wrapUp
        return
      }
      afterCallWork =
        wrapUp.map { .complete($0, since: start, until: time) }
        ?? .skipped(since: start, until: time)
    case .notApplicable:
      // Where it is optional, a code may be given to what has been answered and is over.
      guard prompt == .optional, isOver, connected != nil, let wrapUp, let disconnected else {
        fallthrough
      }
      afterCallWork = .complete(wrapUp, since: disconnected, until: disconnected)
    case .expected, .complete, .skipped:
      throw .init("communication [\(id)] has no after-call work to do")
    }
  }

  /// Lets a part that is over be done with, as far as its medium knows that state.
  ///
  /// A part of a queue stays as it is until the conversation ends (platform staff, 2025).
  ///
  /// - Returns: whether it is another now.
  mutating func terminate(in medium: Conversation.Medium) -> Bool {
    guard medium.terminates, state == .disconnected else { return false }
    state = .terminated
    return true
  }

  private func require(
    _ condition: Bool, _ problem: String
  ) throws(Organization.Impossible) {
    if !condition { throw .init("communication [\(id)] \(problem), but \(state.rawValue)") }
  }
}
