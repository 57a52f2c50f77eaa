import PatchbayCore

/// One simulated agent: where it stands in its interactions, and when it goes on.
///
/// What all agents have in common is the script's, so that a million of them take little.
struct ScenarioAgent {
  private let index: Int
  private let id: UUIDBits
  private var interaction = 0
  private var interactionID = UUIDBits(high: 0, low: 0)
  private var secondInteractionID = UUIDBits(high: 0, low: 0)
  private var steps: [ScenarioScript.Step] = []
  private var position = 0
  private(set) var nextTime: Timestamp

  init(index: Int, start: Timestamp, of script: ScenarioScript) {
    self.index = index
    nextTime = start
    id = script.agentID(index)
    beginInteraction(of: script)
  }

  /// Appends the event that is due.
  ///
  /// - Parameter time: when that is. Its id has the time that it would have had in a run without an
  ///   interruption, so that it is the same whenever it is made.
  func append(
    to batch: inout EventBatch, number: Int, at time: Timestamp, of script: ScenarioScript
  ) {
    let step = steps[position]
    let interaction: EntityID =
      switch step.subject {
      case .agent: .missing
      case .interaction: .uuid(interactionID)
      case .secondInteraction: .uuid(secondInteractionID)
      }
    batch.append(
      Event(
        sequence: script.sequence(number, at: nextTime, in: &batch), timestamp: time,
        interaction: interaction, agent: .uuid(id), state: step.state.symbol(in: &batch),
        type: script.type.symbol(in: &batch), intended: time))
  }

  /// Goes to the next event; false after the last.
  mutating func step(of script: ScenarioScript) -> Bool {
    position += 1
    if position == steps.count {
      interaction += 1
      if interaction == script.interactionsPerAgent { return false }
      beginInteraction(of: script)
    }
    nextTime = nextTime.advanced(
      byNanoseconds: script.dwell(of: index, in: interaction, at: position))
    return true
  }

  private mutating func beginInteraction(of script: ScenarioScript) {
    (interactionID, secondInteractionID, steps) = script.interaction(interaction, of: index)
    position = 0
  }
}
