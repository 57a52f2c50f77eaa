import HeapModule
package import PatchbayCore

/// Simulates agents who handle interactions one after the other.
///
/// Every agent walks through the same states; each event carries the time at which it should be
/// sent. The stream is a pure function of seed, options and start: ties are broken by agent.
package struct ScenarioSource: Source {
  package static let type = "scenario"
  package static let doc = "Simulates agents who walk through the states of their interactions."
  package static let metrics = [
    MetricDeclaration("illegal", doc: "States that were replaced by forbidden ones on purpose."),
    MetricDeclaration(
      "lag_ms", doc: "The longest an event was emitted after its intended time, in milliseconds."),
  ]

  package static let mayReject = false
  package static let repeatsItself = true

  private let options: ScenarioOptions
  private var seed: UInt64 = 0
  private var idOrigin: Timestamp?
  private var clock: any PipelineClock = RealClock()
  private var lag: Int64 = 0

  package var reach: StageReach { .context }

  package init(_ options: ScenarioOptions) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.agents = options.agentID.isEmpty ? .invented : .named([options.agentID])
    // A forbidden state may shorten or lengthen the walk that goes on from it.
    let change = options.illegal * (options.walk.count + options.machine.states.count)
    let interactions = options.agents.multipliedReportingOverflow(by: options.interactionsPerAgent)
    let lengths = options.lengths
    let least = interactions.partialValue.multipliedReportingOverflow(by: lengths.lowerBound)
    let most = interactions.partialValue.multipliedReportingOverflow(by: lengths.upperBound)
    // Coming and going.
    let attendance = options.attends ? 2 * options.agents : 0
    if interactions.overflow || least.overflow || most.overflow {
      forecast.events = .unknown("more than 63 bits count")
    } else {
      forecast.events = .between(
        max(interactions.partialValue, least.partialValue - change) + attendance,
        most.partialValue + change + attendance)
    }
    let steps = options.interactionsPerAgent.multipliedReportingOverflow(by: lengths.upperBound)
    if options.distribution == .fixed, lengths.count == 1, !steps.overflow,
      steps.partialValue < 1 << 40
    {
      forecast.duration =
        options.dwell * (steps.partialValue - 1 + (options.attends ? 2 : 0))
    }
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    // Two sources of a pipeline simulate different agents.
    var random = KeyedRandom(
      seed: context.seed, purpose: "scenario", KeyedRandom.key(context.name.utf8))
    seed = random.next()
    idOrigin = context.run.idOrigin
    clock = context.clock
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    let start = outlet.startedAt
    let script = ScenarioScript(
      options, seed: seed, idShift: idOrigin?.nanosecondsSince(start) ?? 0,
      symbols: outlet.makeBatch().symbols)
    var agents = (0..<options.agents).map { ScenarioAgent(index: $0, start: start, of: script) }
    var turns = Heap(agents.indices.map { Turn(time: start, agent: UInt32($0)) })
    var batch = outlet.makeBatch()
    var number = 0
    /// How much later everything happens than it would have without an interruption, in nanoseconds.
    var delay: Int64 = 0
    var mustCatchUp = outlet.pastEvents > 0
    var now = clock.now
    while let turn = turns.min {
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
      if !isRepeated { lag = max(lag, now.nanosecondsSince(due)) }
      let index = Int(turn.agent)
      agents[index].append(to: &batch, number: number, at: due, of: script)
      number += 1
      if agents[index].step(of: script) {
        turns.replaceMin(with: Turn(time: agents[index].nextTime, agent: turn.agent))
      } else {
        turns.removeMin()
      }
    }
    try await outlet.emit(batch)
  }

  /// Whose turn it is next: the earliest, and of those at the same time the first agent.
  private struct Turn: Comparable {
    let time: Timestamp
    let agent: UInt32

    static func < (one: Turn, other: Turn) -> Bool {
      one.time == other.time ? one.agent < other.agent : one.time < other.time
    }
  }

  package func findings() -> Findings {
    var findings = Findings()
    findings["illegal"] = Double(options.illegal)
    findings["lag_ms"] = Double(lag) / 1_000_000
    return findings
  }
}
