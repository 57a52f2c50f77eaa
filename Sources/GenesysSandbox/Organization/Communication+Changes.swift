import PatchbayCore

extension Communication {
  /// Lets something happen to it.
  ///
  /// - Throws: if it can't, as things stand.
  mutating func apply(
    _ change: CommunicationChange, at time: Timestamp
  ) throws(Organization.Impossible) {
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
    case .described(let attributes): self.attributes.merge(attributes) { $1 }
    case .wrappedUp(let wrapUp):
      guard case .pending(let start) = afterCallWork else {
        throw .init("communication [\(id)] has no after-call work to do")
      }
      afterCallWork =
        wrapUp.map { .complete($0, since: start, until: time) }
        ?? .skipped(since: start, until: time)
    }
    changed = time
    followSegments(at: time)
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
