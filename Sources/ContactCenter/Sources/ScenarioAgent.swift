import ContactModel
import PatchbayCore

/// One simulated agent: where it stands, and when it goes on.
struct ScenarioAgent: Comparable {
  private let index: Int
  private let seed: UInt64
  private let options: ScenarioOptions
  private let illegal: Set<Int>
  private let agentID: String
  /// How far the times in ids are from the times of the events, in nanoseconds.
  private let idShift: Int64
  private var interaction = 0
  private var interactionID = ""
  private var secondInteractionID = ""
  private var steps: [ScenarioStep] = []
  private var position = 0
  private(set) var nextTime: Timestamp

  init(
    index: Int, seed: UInt64, options: ScenarioOptions, illegal: Set<Int>, start: Timestamp,
    idOrigin: Timestamp?
  ) {
    idShift = idOrigin?.nanosecondsSince(start) ?? 0
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
    let step = steps[position]
    let interaction: EntityID =
      switch step.subject {
      case .agent: .missing
      case .interaction: batch.entityID(Array(interactionID.utf8))
      case .secondInteraction: batch.entityID(Array(secondInteractionID.utf8))
      }
    batch.append(
      Event(
        sequence: batch.intern(
          "\(options.prefix)-\(sequence)-\(nextTime.nanoseconds &+ idShift)".utf8),
        timestamp: nextTime,
        interaction: interaction,
        agent: batch.entityID(Array(agentID.utf8)),
        state: batch.symbol(step.state), type: batch.symbol(AgentState.eventType),
        intended: nextTime))
  }

  /// Goes to the next event; false after the last.
  mutating func step() -> Bool {
    position += 1
    if position == steps.count {
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
    var others = KeyedRandom(seed: seed, purpose: "scenario.course", key)
    secondInteractionID = UUIDBits.version4(using: &others).description
    position = 0
    if illegal.contains(Int(key)) {
      steps = misstep(using: &random).map(options.step)
    } else {
      steps = options.steps(using: &others)
    }
    guard options.attends else { return }
    if interaction == 0 { steps.insert(ScenarioStep(SystemPresence.onQueue.state, .agent), at: 0) }
    if interaction == options.interactionsPerAgent - 1 {
      steps.append(ScenarioStep(SystemPresence.offline.state, .agent))
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
