import ContactModel
import PatchbayCore

/// What was seen of a user's part in a conversation.
///
/// Every step but holds and the talks after them is taken once, so that it is known again whatever time is
/// told of it.
struct PartMemory: Sendable {
  /// When holds began, in their order.
  private(set) var holds: [Timestamp?] = []
  private var hasAlerted = false
  /// After how many holds it was seen connected, and which holds were seen.
  private var talks: Set<Int> = []
  private var seenHolds: Set<Int> = []
  private var isOver = false
  private var hasWorkEnded = false
  /// Whether nothing more comes of it.
  private(set) var isFinished = false

  /// Takes in the holds of all steps that were taken.
  mutating func followHolds(_ steps: [TimedStep]) {
    let times = steps.filter { $0.step == .held }.map(\.time)
    if times.count >= holds.count { holds = times }
  }

  /// Takes in a step; nil if it is known.
  ///
  /// - Parameter count: how many holds there had been with this one; nil where that has to be told by time.
  mutating func note(
    _ timed: TimedStep, of part: ConversationPart, afterHolds count: Int? = nil
  ) -> ObservedState? {
    var number = 0
    switch timed.step {
    case .alerting:
      if hasAlerted { return nil }
      hasAlerted = true
    case .connected:
      number = count ?? holds.count
      if !talks.insert(number).inserted { return nil }
    case .held:
      number = count ?? hold(at: timed.time)
      if !seenHolds.insert(number).inserted { return nil }
    case .over(let state):
      if isOver { return nil }
      isOver = true
      isFinished =
        isFinished || state == PlatformState.terminated || state == PlatformState.notResponding
    case .afterWork:
      if hasWorkEnded { return nil }
      hasWorkEnded = true
      isFinished = true
    }
    return ObservedState(
      user: part.user, conversation: part.conversation, state: timed.step.state, time: timed.time,
      id: "\(part.communication):\(timed.step.state)" + (number > 0 ? ":\(number)" : ""))
  }

  /// The number of the hold that began then, from 1.
  private mutating func hold(at time: Timestamp?) -> Int {
    if time != nil, let index = holds.firstIndex(of: time) { return index + 1 }
    holds.append(time)
    return holds.count
  }
}
