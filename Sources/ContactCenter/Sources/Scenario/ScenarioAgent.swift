import PatchbayCore

/// One simulated agent: where it stands in what it does, and when it goes on.
///
/// What all agents have in common is the script's, so that a million of them take little.
struct ScenarioAgent {
  private let id: UUIDBits
  private var interaction = ScenarioScript.Interaction()
  private var position = 0
  private(set) var nextTime = Timestamp(nanoseconds: 0)
  /// How many interactions it has begun.
  private(set) var handled = 0
  /// Whether it has begun to leave, after which it does nothing more.
  var isLeaving = false

  init(index: Int, of script: ScenarioScript) { id = script.agentID(index) }

  /// Begins something at a time.
  mutating func begin(_ interaction: ScenarioScript.Interaction, at time: Timestamp) {
    self.interaction = interaction
    position = 0
    nextTime = time
    handled += 1
  }

  /// Appends the event that is due.
  ///
  /// - Parameter time: when that is. Its id has the time that it would have had in a run without an
  ///   interruption, so that it is the same whenever it is made.
  func append(
    to batch: inout EventBatch, number: Int, at time: Timestamp, of script: ScenarioScript
  ) {
    let step = interaction.steps[position]
    let subject: EntityID =
      switch step.subject {
      case .agent: .missing
      case .interaction: .uuid(interaction.id)
      case .secondInteraction: .uuid(interaction.second)
      }
    batch.append(
      Event(
        sequence: script.sequence(number, at: nextTime, in: &batch), timestamp: time,
        interaction: subject, agent: .uuid(id), state: step.state.symbol(in: &batch),
        type: script.type.symbol(in: &batch),
        attributes: script.attributes(of: subject, agent: id, in: &batch), intended: time))
  }

  /// Goes to the next event of what it does; false after the last.
  ///
  /// - Parameter time: when it came to where it is; nil if that was when it was due.
  mutating func step(of script: ScenarioScript, from time: Timestamp? = nil) -> Bool {
    position += 1
    if position == interaction.steps.count { return false }
    nextTime = (time ?? nextTime).advanced(
      byNanoseconds: script.dwell(interaction.key, at: position))
    return true
  }
}
