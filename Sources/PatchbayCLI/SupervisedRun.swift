import Dashboard
import PatchbayCore
import PatchbayRuntime
import Reports

/// A run on the command line: stopped by signals, with its progress shown and its summary told.
struct SupervisedRun {
  private let run: PipelineRun
  private let terminal: Terminal
  private let watch: SignalWatch
  private let plan: Plan
  private let isQuiet: Bool

  /// - Parameters:
  ///   - run: the run.
  ///   - control: what stops it.
  ///   - terminal: where it prints to.
  ///   - plan: what it is a run of.
  ///   - isQuiet: whether nobody wants to know how far it is.
  init(
    _ run: PipelineRun, _ control: StopControl, _ terminal: Terminal, _ plan: Plan,
    isQuiet: Bool = false
  ) {
    self.run = run
    self.plan = plan
    self.isQuiet = isQuiet
    self.terminal = terminal
    watch = SignalWatch(run, control, terminal, drain: plan.options.drain)
  }

  /// Runs it, tells how it went, and gives the exit code that says so.
  ///
  /// - Parameter dashboard: who is told of its end.
  func perform(watchedBy dashboard: RunDashboard? = nil) async -> ExitCode {
    let (report, isTold) = await supervise { report in
      dashboard?.end(report)
      // A page that can't be written is said, and changes nothing about the run.
      if InputFile.isReadable(report.run.directory) {
        do {
          _ = try await report.writePage(in: report.run.directory)
        } catch {
          await terminal.warn("patchbay: \(error)")
        }
      }
      return await tell(report)
    }
    return report.exitCode == .success && !isTold ? .failure : report.exitCode
  }

  /// Runs it.
  func supervise() async -> RunReport { await supervise { _ in true }.0 }

  /// Runs it; signals count until the end of what comes behind it.
  private func supervise(
    _ andThen: (RunReport) async -> Bool
  ) async -> (RunReport, isTold: Bool) {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await watch.watch() }
      group.addTask { await showProgress() }
      let report = await run.run()
      watch.end()
      await terminal.show("")
      // Signals still count: standard output may be what nobody reads.
      let isTold = await andThen(report)
      group.cancelAll()
      return (report, isTold)
    }
  }

  private func showProgress() async {
    if isQuiet { return }
    let clock = RealClock()
    var line = ProgressLine(plan)
    // A log is told now and then that the run goes on, and how far it is.
    let pause: Duration = terminal.isInteractive ? .milliseconds(200) : .seconds(10)
    while (try? await clock.sleep(for: pause)) != nil, !watch.hasEnded {
      run.freshen()
      if terminal.isInteractive {
        await terminal.show(line.text(run.progress, width: terminal.width))
      } else {
        await terminal.warn("patchbay: \(line.text(run.progress))")
      }
    }
  }

  /// Prints the summary; false if standard output didn't take it, and it went to standard error.
  private func tell(_ report: RunReport) async -> Bool {
    let text = String(TerminalSummary(report).text.dropLast())
    do {
      try await terminal.say(text)
      return true
    } catch {
      await terminal.warn("\(text)\npatchbay: \(error)")
      return false
    }
  }
}
