import PatchbayCore

/// One simulated agent: where it stands, and when it goes on.
struct ScenarioAgent: Comparable {
  private let index: Int
  private let seed: UInt64
  private let options: ScenarioOptions
  private let illegal: Set<Int>
  private let agentID: String
  private var interaction = 0
  private var interactionID = ""
  private var states: [String] = []
  private var position = 0
  private(set) var nextTime: Timestamp

  init(
    index: Int, seed: UInt64, options: ScenarioOptions, illegal: Set<Int>, start: Timestamp
  ) {
    self.index = index
    self.seed = seed
    self.options = options
    self.illegal = illegal
    nextTime = start
    var random = KeyedRandom(seed: seed, purpose: "scenario.agent", UInt64(index))
    agentID =
      options.agentID.isEmpty
      ? UUIDBits.version4(using: &random).description : options.agentID
    beginInteraction()
  }

  static func < (one: ScenarioAgent, other: ScenarioAgent) -> Bool {
    (one.nextTime, one.index) < (other.nextTime, other.index)
  }

  static func == (one: ScenarioAgent, other: ScenarioAgent) -> Bool {
    one.nextTime == other.nextTime && one.index == other.index
  }

  /// Appends the event that is due.
  func append(to batch: inout EventBatch, index sequence: Int) {
    batch.append(
      Event(
        sequence: batch.intern("\(options.prefix)-\(sequence)-\(nextTime.nanoseconds)".utf8),
        timestamp: nextTime,
        interaction: batch.entityID(Array(interactionID.utf8)),
        agent: batch.entityID(Array(agentID.utf8)),
        state: batch.symbol(states[position]), type: batch.symbol(AgentState.eventType),
        intended: nextTime))
  }

  /// Goes to the next event; false after the last.
  mutating func step() -> Bool {
    position += 1
    if position == states.count {
      interaction += 1
      if interaction == options.interactionsPerAgent { return false }
      beginInteraction()
    }
    nextTime = nextTime.advanced(by: dwell())
    return true
  }

  private mutating func beginInteraction() {
    let key = UInt64(index * options.interactionsPerAgent + interaction)
    var random = KeyedRandom(seed: seed, purpose: "scenario.interaction", key)
    interactionID =
      options.interactionID.isEmpty
      ? UUIDBits.version4(using: &random).description : options.interactionID
    states = options.walk
    position = 0
    if illegal.contains(Int(key)) { misstep(using: &random) }
  }

  /// Replaces one state by a forbidden one, and walks on legally to where the walk ends.
  private mutating func misstep(using random: inout KeyedRandom) {
    guard let place = options.illegalPositions.randomElement(using: &random),
      let state = options.illegalStates(after: states[place - 1]).randomElement(using: &random),
      let goal = states.last, let rest = options.machine.path(from: state, to: goal)
    else { return }
    states = Array(states[..<place]) + [state] + rest
  }

  private func dwell() -> Duration {
    switch options.distribution {
    case .fixed: return options.dwell
    case .exponential:
      let key = UInt64(index * options.interactionsPerAgent + interaction)
      var random = KeyedRandom(
        seed: seed, purpose: "scenario.dwell", key, UInt64(position))
      return options.dwell * -NaturalLogarithm.of(1 - random.unit())
    }
  }
}
