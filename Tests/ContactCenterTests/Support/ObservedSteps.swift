import ContactCenter
import PatchbayCore
import PatchbayJSON
import Testing

/// A correlator of one run, and the events that it is shown.
struct ObservedSteps {
  /// One event in a few words.
  struct Step {
    var agent: String?
    var interaction: String?
    var state: String?
    var type = "any"
    /// Its timestamp, in seconds.
    var second: Int?
    var sequence: String?
    var kind = Outcome.Kind.accepted
  }

  var correlator: StateMachineCorrelator
  private var batch: EventBatch
  private(set) var observations: [Observation] = []

  /// Opens a correlator with these options.
  ///
  /// - Parameter symbols: the run's table, which others may have filled.
  init(_ options: JSONValue = [:], symbols: SymbolTable = SymbolTable()) async throws {
    correlator = StateMachineCorrelator(try .init(options))
    try await correlator.open(.sample(symbols))
    batch = EventBatch(symbols: symbols)
  }

  var findings: Findings { correlator.findings() }

  /// The mismatches by transition: `from > to: events`.
  var mismatches: [String] {
    findings.tables.first?.rows.map { "\($0[0]) > \($0[1]): \($0[2])" } ?? []
  }

  mutating func observe(_ step: Step) {
    let number = batch.count
    batch.append(
      EventFields(
        sequenceID: step.sequence ?? "id-\(number)",
        timestamp: Timestamp(nanoseconds: Int64(step.second ?? number) * 1_000_000_000).description,
        interactionID: step.interaction, agentID: step.agent, state: step.state,
        eventType: step.type), intended: Timestamp(nanoseconds: 0))
    batch.judge(number, Outcome(step.kind, attempts: 1))
    let observation = correlator.observe(
      batch[number], batch.outcome(at: number), of: batch, at: Timestamp(nanoseconds: 0))
    observations.append(observation)
  }

  /// Shows events of one agent and one interaction.
  mutating func walk(_ states: [String], agent: String? = "x", interaction: String? = "1") {
    for state in states { observe(Step(agent: agent, interaction: interaction, state: state)) }
  }
}
