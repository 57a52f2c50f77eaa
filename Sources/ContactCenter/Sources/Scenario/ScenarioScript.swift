import ContactModel
import PatchbayCore

/// What the agents of a scenario do: a pure function of seed and options, asked by agent and interaction.
struct ScenarioScript: Sendable {
  /// A state or type with its symbol, which is looked up once.
  struct Word: Sendable {
    private let text: String
    /// Nil if the run's table has no room for it.
    private let known: Symbol?

    init(_ text: String, in symbols: SymbolTable) {
      self.text = text
      known = symbols.symbol(text)
    }

    func symbol(in batch: inout EventBatch) -> Symbol { known ?? batch.symbol(text) }
  }

  /// One event of an interaction, ready to be written.
  struct Step: Sendable {
    let state: Word
    let subject: ScenarioStep.Subject
  }

  let type: Word
  private let options: ScenarioOptions
  private let seed: UInt64
  /// Which interactions get a forbidden state.
  private let illegal: Set<Int>
  /// How far the times in ids are from the times of the events, in nanoseconds.
  private let idShift: Int64
  private let symbols: SymbolTable
  private let prefix: [UInt8]
  private let fixedDwell: Int64
  private let fixedSteps: [Step]?
  private let courses: [ScenarioCourse: [Step]]
  private let arrival: [Step]
  private let departure: [Step]

  init(_ options: ScenarioOptions, seed: UInt64, idShift: Int64, symbols: SymbolTable) {
    self.options = options
    self.seed = seed
    self.idShift = idShift
    self.symbols = symbols
    illegal = Self.illegalInteractions(options, seed)
    type = Word(AgentState.eventType, in: symbols)
    prefix = Array("\(options.prefix)-".utf8)
    fixedDwell = options.dwell.wholeNanoseconds
    func prepared(_ steps: [ScenarioStep]) -> [Step] {
      steps.map { Step(state: Word($0.state, in: symbols), subject: $0.subject) }
    }
    fixedSteps = options.fixedSteps.map(prepared)
    courses = Dictionary(
      uniqueKeysWithValues: ScenarioCourse.allCases.map {
        ($0, options.fixedSteps == nil ? prepared($0.steps) : [])
      })
    arrival = options.attends ? prepared([ScenarioStep(SystemPresence.onQueue.state, .agent)]) : []
    departure =
      options.attends ? prepared([ScenarioStep(SystemPresence.offline.state, .agent)]) : []
  }

  var interactionsPerAgent: Int { options.interactionsPerAgent }

  /// The id of an agent.
  func agentID(_ agent: Int) -> UUIDBits {
    var random = KeyedRandom(seed: seed, purpose: "scenario.agent", UInt64(agent))
    return UUIDBits(lowercase: options.agentID.utf8) ?? .version4(using: &random)
  }

  /// The ids of an interaction and of another one beside it, and what happens in them.
  func interaction(
    _ interaction: Int, of agent: Int
  ) -> (id: UUIDBits, second: UUIDBits, steps: [Step]) {
    let key = key(of: agent, in: interaction)
    var random = KeyedRandom(seed: seed, purpose: "scenario.interaction", key)
    let id =
      options.interactionID.isEmpty
      ? .version4(using: &random)
      : UUIDBits(lowercase: options.interactionID.utf8) ?? .version4(using: &random)
    var others = KeyedRandom(seed: seed, purpose: "scenario.course", key)
    let second = UUIDBits.version4(using: &others)
    var steps: [Step]
    if !illegal.isEmpty, illegal.contains(Int(key)) {
      steps = misstep(using: &random).map(options.step).map {
        Step(state: Word($0.state, in: symbols), subject: $0.subject)
      }
    } else if let fixedSteps {
      steps = fixedSteps
    } else {
      steps = courses[options.mix.draw(using: &others)] ?? []
    }
    if options.attends {
      if interaction == 0 { steps = arrival + steps }
      if interaction == interactionsPerAgent - 1 { steps += departure }
    }
    return (id, second, steps)
  }

  /// How long an agent stays in a state, in nanoseconds.
  func dwell(of agent: Int, in interaction: Int, at position: Int) -> Int64 {
    switch options.distribution {
    case .fixed: return fixedDwell
    case .exponential:
      var random = KeyedRandom(
        seed: seed, purpose: "scenario.dwell", key(of: agent, in: interaction), UInt64(position))
      return (options.dwell * -NaturalLogarithm.of(1 - random.unit())).wholeNanoseconds
    }
  }

  /// Writes the id of an event: `sim-17-1767225600000000000`, its number and time.
  func sequence(_ number: Int, at time: Timestamp, in batch: inout EventBatch) -> TextReference {
    batch.intern { text in
      text.append(contentsOf: prefix)
      text.append(decimal: Int64(number))
      text.append(UInt8(ascii: "-"))
      text.append(decimal: time.nanoseconds &+ idShift)
    }
  }

  private func key(of agent: Int, in interaction: Int) -> UInt64 {
    UInt64(agent * options.interactionsPerAgent + interaction)
  }

  /// Replaces one state by a forbidden one, and walks on legally to where the walk ends.
  private func misstep(using random: inout KeyedRandom) -> [String] {
    let walk = options.walk
    guard let place = options.illegalPositions.randomElement(using: &random),
      let state = options.illegalStates(after: walk[place - 1]).randomElement(using: &random),
      let goal = walk.last, let rest = options.machine.path(from: state, to: goal)
    else { return walk }
    return Array(walk[..<place]) + [state] + rest
  }

  /// Which interactions get a forbidden state: `illegal` of all, drawn without replacement.
  private static func illegalInteractions(_ options: ScenarioOptions, _ seed: UInt64) -> Set<Int> {
    let total = options.agents * options.interactionsPerAgent
    var random = KeyedRandom(seed: seed, purpose: "scenario.illegal")
    var chosen: Set<Int> = []
    // Floyd's way: draws k different numbers below n with k steps.
    for limit in (total - options.illegal)..<total {
      let draw = Int.random(in: 0...limit, using: &random)
      if !chosen.insert(draw).inserted { chosen.insert(limit) }
    }
    return chosen
  }
}
