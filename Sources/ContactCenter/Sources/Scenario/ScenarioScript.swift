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

  /// What an agent does in one go.
  struct Interaction: Sendable {
    /// What is drawn for it is drawn by this.
    var key: UInt64 = 0
    var id = UUIDBits(high: 0, low: 0)
    /// Of another interaction beside it.
    var second = UUIDBits(high: 0, low: 0)
    var steps: [Step] = []
  }

  let type: Word
  private let options: ScenarioOptions
  private let seed: UInt64
  /// Who the agents are; empty if their ids are made.
  private let users: [UUIDBits]
  /// The queues that each of them is a member of.
  private let queues: [UUIDBits: [UUIDBits]]
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

  /// - Parameters:
  ///   - interactions: how many there will be.
  ///   - users: who the agents are, as many as there are; none if their ids are to be made.
  ///   - queues: the queues that each of them is a member of.
  init(
    _ options: ScenarioOptions, interactions: Int, seed: UInt64, users: [UUIDBits] = [],
    queues: [UUIDBits: [UUIDBits]] = [:], idShift: Int64, symbols: SymbolTable
  ) {
    self.users = users
    self.queues = queues
    self.options = options
    self.seed = seed
    self.idShift = idShift
    self.symbols = symbols
    illegal = Self.illegalInteractions(min(options.illegal, interactions), of: interactions, seed)
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

  /// Whether agents come and go with events of their own.
  var attends: Bool { options.attends }

  /// The id of an agent.
  func agentID(_ agent: Int) -> UUIDBits {
    if !users.isEmpty { return users[agent] }
    var random = KeyedRandom(seed: seed, purpose: "scenario.agent", UInt64(agent))
    return UUIDBits(lowercase: options.agentID.utf8) ?? .version4(using: &random)
  }

  /// One of the interactions that an agent handles one after the other; it comes with the first and goes with
  /// the last.
  func interaction(_ number: Int, of agent: Int) -> Interaction {
    var interaction = interaction(UInt64(agent * options.interactionsPerAgent + number))
    if options.attends {
      if number == 0 { interaction.steps = arrival + interaction.steps }
      if number == interactionsPerAgent - 1 { interaction.steps += departure }
    }
    return interaction
  }

  /// The interaction that begins as the one of that number.
  func interaction(arriving number: Int) -> Interaction { interaction(UInt64(number)) }

  /// What an agent does to come, or to go, where interactions begin by themselves.
  func attendance(of agent: Int, isComing: Bool) -> Interaction {
    // Keys of interactions begin at the other end.
    Interaction(
      key: .max - UInt64(agent) * 2 - (isComing ? 0 : 1), steps: isComing ? arrival : departure)
  }

  /// Whether a forbidden state was put into an interaction.
  func hasMisstep(_ interaction: Interaction) -> Bool {
    !illegal.isEmpty && illegal.contains(Int(clamping: interaction.key))
  }

  private func interaction(_ key: UInt64) -> Interaction {
    var random = KeyedRandom(seed: seed, purpose: "scenario.interaction", key)
    let id =
      options.interactionID.isEmpty
      ? .version4(using: &random)
      : UUIDBits(lowercase: options.interactionID.utf8) ?? .version4(using: &random)
    var others = KeyedRandom(seed: seed, purpose: "scenario.course", key)
    let second = UUIDBits.version4(using: &others)
    let steps: [Step]
    if !illegal.isEmpty, illegal.contains(Int(key)) {
      steps = misstep(using: &random).map(options.step).map {
        Step(state: Word($0.state, in: symbols), subject: $0.subject)
      }
    } else if let fixedSteps {
      steps = fixedSteps
    } else {
      steps = courses[options.mix.draw(using: &others)] ?? []
    }
    return Interaction(key: key, id: id, second: second, steps: steps)
  }

  /// What an event says of who calls; nothing if nobody asks, or it is of no interaction.
  func attributes(
    of subject: EntityID, agent: UUIDBits, in batch: inout EventBatch
  ) -> TextReference {
    guard options.tellsCallers, case .uuid(let id) = subject else { return .empty }
    var random = KeyedRandom(seed: seed, purpose: "scenario.caller", id.high, id.low)
    let caller = ScenarioCaller(queues: queues[agent] ?? [], using: &random)
    return batch.intern { caller.write(to: &$0) }
  }

  /// How long an agent stays in a state before the step of that number, in nanoseconds.
  ///
  /// - Parameter key: the interaction's.
  func dwell(_ key: UInt64, at position: Int) -> Int64 {
    switch options.distribution {
    case .fixed: return fixedDwell
    case .exponential:
      var random = KeyedRandom(
        seed: seed, purpose: "scenario.dwell", key, UInt64(position))
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
  private static func illegalInteractions(
    _ count: Int, of total: Int, _ seed: UInt64
  ) -> Set<Int> {
    var random = KeyedRandom(seed: seed, purpose: "scenario.illegal")
    var chosen: Set<Int> = []
    // Floyd's way: draws k different numbers below n with k steps.
    for limit in (total - count)..<total {
      let draw = Int.random(in: 0...limit, using: &random)
      if !chosen.insert(draw).inserted { chosen.insert(limit) }
    }
    return chosen
  }
}
