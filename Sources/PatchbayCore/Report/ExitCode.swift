/// The process's exit codes; where several apply the first in this list counts.
public enum ExitCode: Int32, Sendable, CaseIterable {
  /// A signal ended the run.
  case interrupted = 130
  /// The configuration was refused.
  case configuration = 78
  /// The command line was refused.
  case usage = 64
  /// An input couldn't be read.
  case unreadableInput = 66
  /// A stage or sink failed, the accounting identity broke, nothing was emitted, or nothing was delivered
  /// and no threshold says what was to be.
  case failure = 1
  /// The run ended with events still inside.
  case incomplete = 75
  /// A threshold failed.
  case threshold = 99
  /// All good.
  case success = 0

  /// What it says, for people.
  public var meaning: String {
    switch self {
    case .interrupted: "a signal ended the run"
    case .configuration: "the configuration was refused"
    case .usage: "the command line was refused"
    case .unreadableInput: "an input couldn't be read"
    case .failure: "a stage failed, events are unaccounted for, or nothing was emitted or delivered"
    case .incomplete: "events were still inside at the end"
    case .threshold: "a threshold failed"
    case .success: "all good"
    }
  }
}

extension RunReport {
  /// The code that says how the run went.
  public var exitCode: ExitCode { applicableExitCodes.first ?? .success }

  /// All codes but that of success that apply, the one that counts first.
  public var applicableExitCodes: [ExitCode] {
    // Whoever stops a run before its first event asked for no more.
    let emittedNothing = events.emitted == 0 && run.ending != .stopped
    let isLost = !failures.isEmpty || !events.isBalanced || emittedNothing
    let isIncomplete = events.abandoned > 0 || !leftovers.isEmpty
    let conditions: [(ExitCode, Bool)] = [
      (.interrupted, run.ending == .interrupted), (.unreadableInput, inputWasUnreadable),
      (.failure, isLost || (deliveredNothing && !isIncomplete)), (.incomplete, isIncomplete),
      (.threshold, thresholds.contains { !$0.passed }),
    ]
    return conditions.filter(\.1).map(\.0)
  }

  /// Whether events came and all of them were turned away, in a run that no threshold judges: nobody would
  /// call that good.
  ///
  /// Where a stage failed, that is why, and is told already.
  package var deliveredNothing: Bool {
    events.emitted > 0 && events.delivered == 0 && events.abandoned == 0 && thresholds.isEmpty
      && failures.isEmpty && run.ending != .stopped
  }
}
