import ArgumentParser
import PatchbayCore
import PatchbayRuntime

/// Delivers what waits in spools: `patchbay queue drain`.
struct QueueDrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drain",
    abstract:
      "Delivers what waits in the spools of a pipeline's sinks, without running the pipeline.",
    discussion: """
      Opens the configuration's connections and the sinks with a spool, and nothing else. Exit codes: 0 nothing \
      is left; 75 something still waits; 1 something was refused or can't be read; 130 interrupted.
      """)

  @ArgumentParser.OptionGroup var arguments: SpoolArguments

  func run() async throws {
    let (plan, spools) = try arguments.resolve()
    if spools.isEmpty { return }
    let draining = plan.draining(spools.map(\.sink))
    let control = StopControl()
    let terminal = Terminal(
      keepsOutputForRecords: draining.printsRecords, whenClosed: { control.outputClosed() })
    var environment = RunEnvironment(
      console: terminal, input: InputFile.standard(), logger: ErrorLog.logger())
    environment.drainsSpools = true
    let run = PipelineRun(draining, in: environment, control: control)
    let report = await SupervisedRun(run, control, terminal, plan).supervise()
    for stage in report.stages {
      guard let spool = stage.spool else { continue }
      await terminal.warn(Self.line(stage.name, spool))
    }
    for failure in report.failures { await terminal.warn("patchbay: \(failure)") }
    let code = Self.exitCode(report)
    if code != .success { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  private static func line(_ sink: String, _ spool: SpoolReport) -> String {
    var parts = ["\(spool.delivered) events delivered"]
    if spool.refused > 0 { parts.append("\(spool.refused) refused") }
    if spool.expired > 0 { parts.append("\(spool.expired) dropped as too old") }
    parts.append("\(spool.waiting) events and \(spool.documents) documents wait")
    return "\(sink): " + parts.joined(separator: ", ") + (spool.problem.map { ": \($0)" } ?? "")
  }

  private static func exitCode(_ report: RunReport) -> PatchbayCore.ExitCode {
    if report.run.ending == .interrupted { return .interrupted }
    if !report.failures.isEmpty { return .failure }
    let isDone = report.stages.compactMap(\.spool).allSatisfy { $0.waiting + $0.documents == 0 }
    return isDone ? .success : .incomplete
  }
}
