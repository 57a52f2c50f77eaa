import PatchbayCore

/// Follows agents, interactions and parts through a state machine, each by its last state.
struct StateFollower: Sendable {
  private let machine: StateMachine
  private(set) var agents: RecencyTable<EntityKey, StateTrack>
  private(set) var interactions: RecencyTable<EntityKey, OpenTrack>
  private(set) var parts: RecencyTable<StatePart, OpenTrack>
  private(set) var tally: TransitionTally

  /// - Parameter tracked: how many agents, open interactions and parts are followed, each.
  init(_ machine: StateMachine, tracked: Int) {
    self.machine = machine
    agents = RecencyTable(capacity: tracked)
    interactions = RecencyTable(capacity: tracked)
    parts = RecencyTable(capacity: tracked)
    tally = TransitionTally(allowed: machine.transitionCount)
  }

  /// Notes that nobody knows whether an event had its effect.
  mutating func doubt(_ subject: StateSubject) {
    switch subject {
    case .nobody: break
    case .part(let part): parts.doubt(part)
    case .whole(let agent, let interaction):
      if let agent { agents.doubt(agent) }
      if let interaction { interactions.doubt(interaction) }
    }
  }

  /// Takes in a state; gives the one before it if the machine forbids the transition.
  ///
  /// - Parameters:
  ///   - track: the state and its time.
  ///   - subject: whose it is.
  ///   - event: what tells it.
  mutating func follow(
    _ track: StateTrack, of subject: StateSubject, told event: LastEvent
  ) -> TrackedState? {
    switch subject {
    case .nobody: nil
    case .part(let part): follow(OpenTrack(track: track, last: event), part)
    case .whole(let agent, let interaction):
      follow(OpenTrack(track: track, last: event), agent, interaction)
    }
  }

  private mutating func follow(_ open: OpenTrack, _ part: StatePart) -> TrackedState? {
    let track = open.track
    let place = parts.find(part)
    let last = place.map { parts[$0].track }
    // A part in an interaction that is over is forgotten: only the open ones take memory.
    let isOver = if case .known(let number) = track.state { machine.isOver(number) } else { false }
    switch place {
    case let place? where isOver: parts.remove(at: place)
    case let place?: parts[place] = open
    case nil: if !isOver { parts.add(part, open) }
    }
    guard let last else { return nil }
    if track.timestamp < last.timestamp { tally.outOfOrder += 1 }
    return judge(last, nil, to: track.state)
  }

  private mutating func follow(
    _ open: OpenTrack, _ agent: EntityKey?, _ interaction: EntityKey?
  ) -> TrackedState? {
    let track = open.track
    let ofAgent = agent.flatMap { exchange($0, track) }
    let ofInteraction = interaction.flatMap { exchange($0, open) }
    if let ofAgent, track.timestamp < ofAgent.timestamp { tally.outOfOrder += 1 }
    // An interaction that starts in its agent's state is no transition.
    if interaction != nil, ofInteraction == nil, ofAgent?.state == track.state { return nil }
    return judge(ofInteraction, ofAgent, to: track.state)
  }

  /// Notes an agent's state; gives the one before.
  private mutating func exchange(_ agent: EntityKey, _ track: StateTrack) -> StateTrack? {
    guard let place = agents.find(agent) else {
      agents.add(agent, track)
      return nil
    }
    defer { agents[place] = track }
    return agents[place]
  }

  /// Notes an interaction's state; gives the one before.
  ///
  /// A finished interaction is forgotten: only the open ones take memory. One that merely starts in a
  /// final state isn't finished.
  private mutating func exchange(_ interaction: EntityKey, _ open: OpenTrack) -> StateTrack? {
    guard let place = interactions.find(interaction) else {
      interactions.add(interaction, open)
      return nil
    }
    let last = interactions[place].track
    if isFinal(open.track.state) {
      interactions.remove(at: place)
    } else {
      interactions[place] = open
    }
    return last
  }

  /// Counts a transition; gives the first of its steps that the machine forbids.
  private mutating func judge(
    _ one: StateTrack?, _ other: StateTrack?, to state: TrackedState
  ) -> TrackedState? {
    guard one != nil || other != nil else { return nil }
    if one?.isUncertain ?? false || other?.isUncertain ?? false {
      tally.unverified += 1
      return nil
    }
    // An event that continues an interaction and its agent's day is one transition: the interaction's.
    var allowed: Int?
    for last in [one, other] {
      guard let last else { continue }
      guard let number = transition(last.state, to: state) else {
        tally.forbid(from: last.state, to: state)
        return last.state
      }
      allowed = allowed ?? number
    }
    if let allowed { tally.allow(allowed) }
    return nil
  }

  /// The number of a transition; nil if the machine forbids it.
  private func transition(_ from: TrackedState, to state: TrackedState) -> Int? {
    guard case .known(let from) = from, case .known(let state) = state else { return nil }
    return machine.transition(from, to: state)
  }

  /// Whether an interaction may end in a state.
  func isFinal(_ state: TrackedState) -> Bool {
    if case .known(let number) = state { machine.finals[number] } else { false }
  }
}

extension RecencyTable where Value == StateTrack {
  fileprivate mutating func doubt(_ key: Key) {
    if let place = find(key) { self[place].isUncertain = true }
  }
}

extension RecencyTable where Value == OpenTrack {
  fileprivate mutating func doubt(_ key: Key) {
    if let place = find(key) { self[place].track.isUncertain = true }
  }
}
