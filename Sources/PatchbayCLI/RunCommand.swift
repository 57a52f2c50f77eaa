import ArgumentParser
import Logging
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Reports
import UnixSignals

/// Runs a pipeline: `patchbay run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a pipeline and says how it went.",
    discussion: """
      Exit codes: 0 all good; 1 a stage failed or nothing was emitted; 64 usage; 66 an input could \
      not be read; 75 drained incompletely; 78 the configuration was refused; 99 a threshold \
      failed; 130 interrupted. One SIGINT or SIGTERM stops the sources and drains, a second one \
      ends everything.
      """)

  @ArgumentParser.OptionGroup var configuration: ConfigurationArguments

  @Option(help: "Chooses every random draw, in place of the configuration's seed.")
  var seed: UInt64?

  func run() async throws {
    var plan = try configuration.file.planOrExit()
    if let seed { plan.options.seed = seed }
    // `"format": "json"` is for programs: the summary then goes to standard error.
    let terminal = Terminal(
      keepsOutputForRecords: plan.stages.contains {
        $0.role == .sink && $0.type == "stdout" && $0.options["format"] == "json"
      })
    let control = StopControl()
    var logger = Logger(label: "patchbay") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    let run = PipelineRun(
      plan,
      in: RunEnvironment(console: terminal, input: StandardInput(), logger: logger),
      control: control)
    let report = await supervise(run, terminal, control)
    terminal.say(String(TerminalSummary(report).text.dropLast()))
    let code = write(report, terminal) ? report.exitCode : .failure
    throw ArgumentParser.ExitCode(code.rawValue)
  }

  /// Runs it while listening to signals and showing progress.
  private func supervise(
    _ run: PipelineRun, _ terminal: Terminal, _ control: StopControl
  ) async -> RunReport {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in signals { control.interrupt() }
      }
      if terminal.isInteractive {
        group.addTask {
          let clock = RealClock()
          while (try? await clock.sleep(for: .milliseconds(200))) != nil {
            terminal.show(ProgressLine.text(run.progress))
          }
        }
      }
      let report = await run.run()
      group.cancelAll()
      terminal.show("")
      return report
    }
  }

  /// Writes `report.json` into the run's folder; false if that failed.
  private func write(_ report: RunReport, _ terminal: Terminal) -> Bool {
    do {
      let path = try RunDirectory(path: report.run.directory).makePlace(for: "report.json")
      try OutputFile(path: path, .new).write(Array(report.json.text(.pretty).utf8) + [0x0A])
      return true
    } catch {
      Terminal.printError("patchbay: \(error)")
      return false
    }
  }
}
