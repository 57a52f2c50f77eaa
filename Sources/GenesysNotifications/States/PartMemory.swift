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

  /// How many holds are told apart.
  private static let mostHolds = 1_000

  /// Takes in the holds of all steps that were taken; of those that were seen, some may not have been the ones
  /// that they were taken for, since one before them was missed.
  mutating func followHolds(_ steps: [TimedStep], within tolerance: Duration) {
    let times = steps.filter { $0.step == .held }.map(\.time)
    if times.count < holds.count { return }
    let old = holds
    holds = Array(times.prefix(Self.mostHolds))
    var numbers = [0: 0]
    for (index, time) in old.enumerated() {
      let found = holds.firstIndex { other in
        if let time, let other { time.isNear(other, within: tolerance) } else { false }
      }
      numbers[index + 1] = found.map { $0 + 1 } ?? index + 1
    }
    seenHolds = Set(seenHolds.map { numbers[$0] ?? $0 })
    talks = Set(talks.map { numbers[$0] ?? $0 })
  }

  /// Notes that nothing more comes of it.
  mutating func close() { isFinished = true }

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

  /// The number of the hold that began then, from 1; one whose beginning isn't told is the last as long as no
  /// talk came after it.
  private mutating func hold(at time: Timestamp?) -> Int {
    if let time, let index = holds.firstIndex(of: time) { return index + 1 }
    if time == nil, !holds.isEmpty, !talks.contains(holds.count) { return holds.count }
    if holds.count < Self.mostHolds { holds.append(time) }
    return holds.count
  }
}
