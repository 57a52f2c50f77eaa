import Subprocess

/// How long programs are waited for that have to end; no option says more.
enum ProgramPatience {
  /// How long one may take to end by itself once the run has to, before it is killed.
  ///
  /// The runtime gives what it cuts half a second and ends the process after one: this and
  /// `hurriedTeardown` fit between.
  static let hurry = Duration.milliseconds(100)

  /// What ends one that may not go on, with its process group: SIGTERM, then SIGKILL.
  static let teardown = ended(within: .milliseconds(500))

  /// The same when the run has to end.
  static let hurriedTeardown = ended(within: .milliseconds(150))

  private static func ended(within time: Duration) -> [TeardownStep] {
    [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: time)]
  }

  /// What ends one when its task is cancelled and nobody here does: `Program` itself does so at once,
  /// and looks first for what the program has started.
  static let lastResort: [TeardownStep] =
    [
      // Signal 0 is none: this only waits.
      .send(
        signal: Signal(rawValue: 0), toProcessGroup: false,
        allowedDurationToNextStep: .seconds(2))
    ] + teardown
}
