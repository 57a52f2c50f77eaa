/// What was counted of transitions, and which of them a machine forbids.
struct TransitionTally: Sendable {
  /// A transition between two states.
  struct Step: Sendable, Hashable {
    let from: TrackedState
    let to: TrackedState
  }

  /// How many forbidden transitions are told apart; the rest is one row, since states that come with
  /// events may pair without end.
  static let mostSteps = 10_000

  /// Those that were checked.
  private(set) var transitions = 0
  /// Those across an event that wasn't accepted.
  var unverified = 0
  /// Those to an earlier time.
  var outOfOrder = 0
  /// How often each that the machine allows happened, by its number.
  private(set) var allowed: [Int]
  /// Those that the machine forbids.
  private(set) var mismatches = 0
  /// How often each of them happened.
  private(set) var steps: [Step: Int] = [:]

  /// - Parameter allowed: how many transitions the machine allows.
  init(allowed: Int) {
    self.allowed = Array(repeating: 0, count: allowed)
  }

  /// Counts a transition that the machine allows.
  mutating func allow(_ number: Int) {
    transitions += 1
    allowed[number] += 1
  }

  /// Counts a transition that the machine forbids.
  mutating func forbid(from: TrackedState, to state: TrackedState) {
    transitions += 1
    mismatches += 1
    let step = Step(from: from, to: state)
    let hasRoom = steps.count < Self.mostSteps || steps[step] != nil
    steps[hasRoom ? step : Step(from: .other, to: .other), default: 0] += 1
  }
}
