import PatchbayCore
import PatchbayRuntime
import Synchronization
import UnixSignals

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What signals do to a run: the first one drains it, the second ends it within a second, whatever
/// hangs, the third at once.
///
/// Its tasks are on a thread of their own, since whatever hangs may have taken all others.
final class SignalWatch: Sendable {
  /// How long a run that is being ended may take before the process ends without it.
  private static let mercy: UInt32 = 950_000

  private let run: PipelineRun
  private let control: StopControl
  private let terminal: Terminal
  private let drain: Duration
  private let ended = Atomic(false)

  init(_ run: PipelineRun, _ control: StopControl, _ terminal: Terminal, drain: Duration) {
    self.run = run
    self.control = control
    self.terminal = terminal
    self.drain = drain
  }

  /// Watches until it is cancelled.
  func watch() async {
    await withTaskExecutorPreference(SerialTaskExecutor()) {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.watchSignals() }
        group.addTask { await self.watchEnd() }
      }
    }
  }

  /// The run has given its report, which only has to be printed.
  func end() { ended.store(true, ordering: .releasing) }

  /// Whether the run has given its report.
  var hasEnded: Bool { ended.load(ordering: .acquiring) }

  private func watchSignals() async {
    var signals: [UnixSignal] = [.sigint, .sigterm, .sigquit]
    // Somebody who started it with nohup wants it to go on.
    if !Self.ignoresHangup { signals.append(.sighup) }
    var count = 0
    for await signal in await UnixSignalsSequence(trapping: signals) {
      count += 1
      if signal == .sigquit { Self.exitNow(130, "ended by SIGQUIT") }
      if hasEnded { exitWithoutSummary(130) }
      control.interrupt()
      if count == 1 { await announce(signal) }
      if count == 2 { endSoon(130) }
      if count > 2 { Self.exitNow(130, "ended by a third signal") }
    }
  }

  /// A drain that took too long ends the run; a stage that doesn't let it end, ends the process.
  private func watchEnd() async {
    guard await control.abortion() else { return }
    endSoon(PatchbayCore.ExitCode.incomplete.rawValue)
  }

  private func announce(_ signal: UnixSignal) async {
    let inside = run.holdings.map { "\n  " + $0 }.joined()
    await terminal.warn(
      "patchbay: \(signal): stopping the sources and draining what is inside, for at most "
        + "\(drain.optionText); another signal ends that within a second\(inside)")
  }

  /// Ends the process if the run hasn't ended in a second.
  private func endSoon(_ code: Int32) {
    BlockingLane("patchbay.end").begin { [self] in
      usleep(Self.mercy)
      if hasEnded { exitWithoutSummary(code) }
      let held = run.holdings.map { "\n  " + $0 }.joined()
      Self.exitNow(code, "the run didn't end, so the process does without a report\(held)")
    }
  }

  private func exitWithoutSummary(_ code: Int32) -> Never {
    Self.exitNow(
      code, "nobody reads standard output; the report is in \(run.directoryPath)")
  }

  private static func exitNow(_ code: Int32, _ message: String) -> Never {
    // Standard error may be what hangs.
    BlockingLane("patchbay.end").begin { Terminal.printError("patchbay: \(message)") }
    usleep(30_000)
    SuddenEnd.act()
    _exit(code)
  }

  private static var ignoresHangup: Bool {
    var action = sigaction()
    guard sigaction(SIGHUP, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      return action.__sigaction_u.__sa_handler == SIG_IGN
    #else
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        == unsafeBitCast(SIG_IGN, to: Int.self)
    #endif
  }
}
