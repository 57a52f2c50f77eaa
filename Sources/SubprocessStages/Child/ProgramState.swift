import PatchbayCore

/// What has come of a program so far.
struct ProgramState {
  private enum Life {
    /// Its work hasn't begun. Next: `running` or `over`.
    case made
    /// It runs, or is about to again. Next: `over`.
    case running([CheckedContinuation<Void, Never>])
    /// The end.
    case over
  }

  private var life = Life.made
  /// When the present start began; nil once it has greeted.
  private var ungreetedSince: MonotonicInstant?
  /// When the output of the present start ended.
  private var outputEndedAt: MonotonicInstant?
  private var start: Bell?
  private(set) var isHurried = false
  private(set) var hasGreeted = false
  private(set) var restarts = 0
  private(set) var lastReason = ""
  var hasEndedWell = false
  var lastWords = ""
  /// Ends the wait before a restart.
  var pause: Bell?

  /// Begins its work; false if nobody needs it any more.
  mutating func begin() -> Bool {
    guard case .made = life else { return false }
    life = .running([])
    return true
  }

  /// Notes who waits for its end; false if there is none to wait for.
  mutating func mustWait(_ waiting: CheckedContinuation<Void, Never>) -> Bool {
    guard case .running(let others) = life else {
      life = .over
      return false
    }
    life = .running(others + [waiting])
    return true
  }

  /// Its work has ended.
  ///
  /// - Returns: who waits for that.
  mutating func end() -> [CheckedContinuation<Void, Never>] {
    defer { life = .over }
    if case .running(let waiting) = life { return waiting }
    return []
  }

  /// It was started.
  ///
  /// - Returns: what rings when there is little time left.
  mutating func noteStart(at now: MonotonicInstant) -> Bell {
    let bell = Bell()
    (start, ungreetedSince, outputEndedAt, lastWords) = (bell, now, nil, "")
    return bell
  }

  mutating func noteGreeting() { (ungreetedSince, hasGreeted) = (nil, true) }

  mutating func noteOutputEnd(at now: MonotonicInstant) { outputEndedAt = now }

  mutating func noteRestart(_ reason: String) {
    restarts += 1
    lastReason = reason
  }

  /// There is little time left.
  ///
  /// - Returns: what has to be rung.
  mutating func hurry() -> [Bell] {
    isHurried = true
    return [pause, start].compactMap { $0 }
  }

  /// What the program should have done by now, as the end of a sentence about it.
  func lateness(at now: MonotonicInstant, _ options: ProgramOptions) -> String? {
    if let ungreetedSince, now.isPast(ungreetedSince, by: options.timeout) {
      return "did not greet within \(options.timeout.optionText)"
    }
    if let outputEndedAt, now.isPast(outputEndedAt, by: options.grace) {
      return "closed its output, and did not end within \(options.grace.optionText)"
    }
    return nil
  }
}

extension MonotonicInstant {
  /// Whether as much time has passed since another reading.
  func isPast(_ other: MonotonicInstant, by duration: Duration) -> Bool {
    nanoseconds - other.nanoseconds >= duration.wholeNanoseconds
  }
}
