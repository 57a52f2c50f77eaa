import ContactModel
package import PatchbayCore

/// Simulates agents who handle interactions.
///
/// Every agent walks through the states of its interactions; each event carries the time at which it should be
/// sent. Unless agents wait for answers, the stream is a pure function of seed, options and start.
package struct ScenarioSource: Source {
  package static let type = "scenario"
  package static let doc = "Simulates agents who walk through the states of their interactions."
  package static let metrics = [
    MetricDeclaration("illegal", doc: "States that were replaced by forbidden ones on purpose."),
    MetricDeclaration("interactions", doc: "Interactions that began, those dropped left out."),
    MetricDeclaration(
      "dropped", doc: "Interactions that found no agent who was idle, and never began."),
  ]

  package static let mayReject = false

  let options: ScenarioOptions
  private var seed: UInt64 = 0
  private var users: [UUIDBits] = []
  /// The queues that each of them is a member of.
  private var queues: [UUIDBits: [UUIDBits]] = [:]
  private var idOrigin: Timestamp?
  private var attempt = 1
  private var clock: any PipelineClock = RealClock()
  private var tally = ScenarioTally()

  package var reach: StageReach { .context }

  /// Not where agents wait for answers: those come when they come.
  package var repeatsItself: Bool {
    if case .closed = options.arrivals { false } else { true }
  }

  package init(_ options: ScenarioOptions) {
    self.options = options
  }

  package mutating func open(_ context: StageContext) async throws {
    // Two sources of a pipeline simulate different agents.
    var random = KeyedRandom(
      seed: context.seed, purpose: "scenario", KeyedRandom.key(context.name.utf8))
    seed = random.next()
    if let path = options.usersFile {
      let organization = try OrganizationFile.read(path)
      users = try agents(of: organization, in: path)
      for queue in organization.queues {
        for member in queue.members { queues[member, default: []].append(queue.id) }
      }
    }
    idOrigin = context.run.idOrigin
    attempt = context.run.attempt
    clock = context.clock
  }

  private func agents(
    of organization: OrganizationFile, in path: String
  ) throws -> [UUIDBits] {
    let users = organization.users
    if users.count < options.agents {
      throw PipelineError(
        "\(path) has \(users.count) users, fewer than the \(options.agents) of \"agents\"; lower "
          + "that, or add users")
    }
    return users.prefix(options.agents).map(\.id)
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    let start = outlet.startedAt
    let arrivals = try await options.arrivals.times(seed: seed)
    let count = options.interactionCount ?? (options.illegal > 0 ? arrivals?.count ?? 0 : 0)
    let script = ScenarioScript(
      options, interactions: count, seed: seed, users: users, queues: queues,
      idShift: idOrigin?.nanosecondsSince(start) ?? 0, symbols: outlet.makeBatch().symbols)
    if case .closed(let closed) = options.arrivals {
      let floor = WaitingFloor(
        script, closed, agents: options.agents, attempt: attempt, clock: clock)
      defer { tally = floor.tally }
      return try await floor.run(emitting: outlet)
    }
    var floor = ScenarioFloor(script, agents: options.agents, start: start, arrivals: arrivals)
    defer { tally = floor.tally }
    try await emit(&floor, by: outlet)
  }

  private func emit(_ floor: inout ScenarioFloor, by outlet: SourceOutlet) async throws {
    var batch = outlet.makeBatch()
    var number = 0
    /// How much later everything happens than it would have without an interruption, in nanoseconds.
    var delay: Int64 = 0
    var mustCatchUp = outlet.pastEvents > 0
    var now = clock.now
    while let turn = floor.next {
      let isRepeated = number < outlet.pastEvents
      if !isRepeated, mustCatchUp {
        // The run was interrupted here: what comes now is as far from the present as it was from then.
        delay = max(0, clock.now.nanosecondsSince(turn.time))
        mustCatchUp = false
      }
      let due = turn.time.advanced(byNanoseconds: delay)
      if due > now { now = clock.now }
      if due > now, !isRepeated {
        try await outlet.emit(batch)
        batch = outlet.makeBatch()
        try await outlet.wait(until: due)
        now = clock.now
      } else if batch.count == outlet.batchSize {
        try await outlet.emit(batch)
        batch = outlet.makeBatch()
        now = clock.now
      }
      floor.append(turn, to: &batch, number: number, at: due)
      number += 1
      floor.advance(turn)
    }
    try await outlet.emit(batch)
  }

  package func findings() -> Findings {
    var findings = Findings()
    findings["illegal"] = Double(tally.illegal)
    findings["interactions"] = Double(tally.begun)
    findings["dropped"] = Double(tally.dropped)
    return findings
  }
}

/// What became of a scenario's interactions.
struct ScenarioTally: Sendable {
  /// How many began.
  var begun = 0
  /// How many of them have a forbidden state.
  var illegal = 0
  /// How many never began, since nobody was idle.
  var dropped = 0
}
