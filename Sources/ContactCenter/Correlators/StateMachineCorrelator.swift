package import PatchbayCore

/// Follows every agent and every interaction through a state machine and counts what it forbids.
///
/// An event is compared with the last state of its agent and with that of its interaction; if both
/// object, that is one mismatch. An interaction that starts in its agent's current state is no
/// transition. What happened across an event that wasn't accepted can't be known: the next
/// transition of its agent and interaction counts as unverified. An event without the one id is
/// compared with the other's state alone, and one without either with nothing.
///
/// A machine may say of a state that it is of the agent alone, or of the agent's part in the
/// interaction; then it is compared with the last state of just that.
package struct StateMachineCorrelator: StateKeeper, IDWatcher {
  package static let type = "state-machine"
  package static let doc =
    "Checks the states of agents and interactions against a state machine."
  package static let metrics = [
    MetricDeclaration("transitions", doc: "Transitions that were checked."),
    MetricDeclaration("mismatches", doc: "Events whose transition the machine forbids."),
    MetricDeclaration("unverified", doc: "Transitions across an event that wasn't accepted."),
    MetricDeclaration("duplicates", doc: "Events whose sequence_id had come before."),
    MetricDeclaration(
      "out_of_order", doc: "Events with an earlier timestamp than one before of their agent."),
    MetricDeclaration("unfinished", doc: "Interactions that ended in no final state."),
    MetricDeclaration(
      "forgotten", doc: "Agents, interactions and parts that were given up to follow others."),
  ]

  /// The options.
  package struct Options: OptionGroup {
    let machine: MachineChoice
    let window: Int
    let tracked: Int

    package init(from options: inout OptionReader) {
      machine = options.value(
        "machine", default: "agent-desktop", doc: "The machine that events must follow.")
      window = options.value(
        "window", default: 100_000, .range(1...100_000_000),
        doc: "How many sequence ids are remembered to recognise duplicates.")
      tracked = options.value(
        "tracked", default: 1_000_000, .range(1...100_000_000),
        doc: """
          How many agents are followed at the most, and as many open interactions and parts; for \
          more, the one that was seen least recently is forgotten.
          """)
    }
  }

  private let options: Options
  let machine: StateMachine
  private var recent: RecentIDs
  /// Whether nothing in front lets an id come again.
  private var watchesIDs = true
  private(set) var symbols: StateSymbols
  private(set) var follower: StateFollower
  private(set) var duplicates = 0
  private(set) var found = FoundEvents()

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.init(options, seed: 0, symbols: SymbolTable())
  }

  /// Everything but the options belongs to one run.
  private init(_ options: Options, seed: UInt64, symbols: SymbolTable) {
    self.options = options
    machine = options.machine.machine
    recent = RecentIDs(capacity: options.window, seed: seed)
    self.symbols = StateSymbols(machine, in: symbols)
    follower = StateFollower(machine, tracked: options.tracked)
  }

  package mutating func open(_ context: StageContext) async throws {
    self = Self(options, seed: context.seed, symbols: context.symbols)
  }

  package mutating func idsAreGuarded(within count: Int) {
    watchesIDs = count < options.window
  }

  package mutating func observe(_ batch: inout EventBatch, at now: Timestamp) {
    if watchesIDs { recent.prepare(for: batch) }
    for index in batch.indices {
      let event = batch[index]
      let isNew = !watchesIDs || event.sequence.isEmpty || recent.insert(at: index)
      batch.apply(observe(event, batch.outcome(at: index), of: batch, isNew: isNew), to: index)
    }
  }

  package mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation {
    let isNew = event.sequence.isEmpty || recent.insert(batch.bytes(event.sequence))
    return observe(event, outcome, of: batch, isNew: isNew)
  }

  private mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: borrowing EventBatch, isNew: Bool
  ) -> Observation {
    if !isNew {
      duplicates += 1
      return note(.duplicate, event, of: batch)
    }
    let state = symbols.state(of: event.state)
    let subject = StateSubject(of: event, scope(of: state, event, in: batch), in: batch)
    guard outcome.kind == .accepted || outcome.kind == .undecided else {
      follower.doubt(subject)
      return .pass
    }
    let (unverified, late) = (follower.tally.unverified, follower.tally.outOfOrder)
    let forbidden = follower.follow(
      StateTrack(state: state, timestamp: event.timestamp), of: subject,
      told: LastEvent(event, of: batch))
    var findings: EventFindings = []
    if follower.tally.unverified > unverified { findings.insert(.unverified) }
    if follower.tally.outOfOrder > late { findings.insert(.outOfOrder) }
    if forbidden != nil { findings.insert(.mismatch) }
    return findings.isEmpty
      ? .pass : note(findings, event, of: batch, from: forbidden.map { symbols.name(of: $0) })
  }

  private mutating func note(
    _ findings: EventFindings, _ event: Event, of batch: borrowing EventBatch,
    from origin: String? = nil
  ) -> Observation {
    for kind in findings.names {
      found.note(
        kind, event, of: batch, from: kind == EventFindings.mismatch.names[0] ? origin : nil)
    }
    return .found(findings, from: origin)
  }

  private func scope(
    of state: TrackedState, _ event: Event, in batch: borrowing EventBatch
  ) -> StateScope {
    if case .known(let number) = state { return machine.scopes[number] }
    return machine.scope(of: batch.state(of: event))
  }
}
