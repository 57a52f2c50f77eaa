/// The process's exit codes; where several apply the first in this list wins.
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
}

extension RunReport {
  /// The code that says how the run went.
  public var exitCode: ExitCode {
    if run.ending == .interrupted { return .interrupted }
    if inputWasUnreadable { return .unreadableInput }
    if !failures.isEmpty || !events.isBalanced { return .failure }
    // Whoever stops a run before its first event asked for no more.
    if events.emitted == 0, run.ending != .stopped { return .failure }
    if events.abandoned > 0 || !leftovers.isEmpty { return .incomplete }
    if deliveredNothing { return .failure }
    if thresholds.contains(where: { !$0.passed }) { return .threshold }
    return .success
  }

  /// Whether events came and all of them were turned away, in a run that no threshold judges: nobody would
  /// call that good.
  package var deliveredNothing: Bool {
    events.emitted > 0 && events.delivered == 0 && events.abandoned == 0 && thresholds.isEmpty
  }
}
