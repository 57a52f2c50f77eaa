import PatchbayCore

extension SandboxModel {
  /// How often the events of a request were delivered before.
  ///
  /// The first event's count: a memory for every combination of events ever sent would have no end,
  /// and this tells the same request's deliveries apart just as well.
  func deliveries(of events: [WorkspaceEvent]) -> Int {
    events.first.flatMap { counts.records[$0.sequenceID]?.deliveries } ?? 0
  }

  /// Counts the arrival of events.
  package mutating func note(_ events: [WorkspaceEvent]) {
    counts.deliveries += events.count
    for event in events { counts.records[event.sequenceID, default: Record()].deliveries += 1 }
  }

  /// Takes the events of one request; gives the indices of those that had been accepted before.
  package mutating func receive(_ events: [WorkspaceEvent]) -> [Int] {
    var duplicates: [Int] = []
    for (index, event) in events.enumerated() where !accept(event) { duplicates.append(index) }
    return duplicates
  }

  /// Takes one event; says whether it was accepted for the first time.
  private mutating func accept(_ event: WorkspaceEvent) -> Bool {
    if counts.records[event.sequenceID]?.isAccepted ?? false {
      counts.duplicates += 1
      return false
    }
    counts.records[event.sequenceID, default: Record()].isAccepted = true
    counts.effects += 1
    let state = CurrentState(
      state: event.state, timestamp: event.timestamp, sequenceID: event.sequenceText)
    Self.advance(&counts.agents, event.agentID, to: state)
    Self.advance(&counts.interactions, event.interactionID, to: state)
    return true
  }

  private static func advance(
    _ states: inout [UUIDBits: CurrentState], _ id: UUIDBits, to state: CurrentState
  ) {
    if let current = states[id], current.timestamp > state.timestamp { return }
    states[id] = state
  }
}
