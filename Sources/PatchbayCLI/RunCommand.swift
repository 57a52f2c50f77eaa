import ArgumentParser
import PatchbayCore
import PatchbayRuntime
import Reports

/// Runs a pipeline: `patchbay run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a pipeline and says how it went.",
    discussion: """
      Exit codes: 0 all good; 1 a stage failed, or nothing was emitted or delivered; 64 usage; 66 an input could \
      not be read; 75 drained incompletely; 78 the configuration was refused; 99 a threshold \
      failed; 130 interrupted. One SIGINT, SIGTERM or SIGHUP stops the sources and drains, a second \
      one ends it within a second, a third at once.
      """)

  @ArgumentParser.OptionGroup var configuration: ConfigurationArguments

  @Option(help: "Chooses every random draw, in place of the configuration's seed.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Goes on with a run that was interrupted, by its journal.",
      discussion: """
        A run with "run": {"journal": true} in its configuration, or with an injector that sends to another \
        machine, can be gone on with after a crash, a stop or a full disk. Give its folder, its id, or "last".
        """, valueName: "run"))
  var resume: String?

  @Flag(help: "Doesn't show how far the run is.")
  var quiet = false

  @Option(
    help:
      "How the log on standard error is written: text, or json, an object a line with run and stage."
  )
  var logFormat = ErrorLog.Format.text

  @ArgumentParser.OptionGroup var watching: WatchingArguments

  func run() async throws {
    var plan = try configuration.file.planOrExit()
    if let seed { plan.options.seed = seed }
    let control = StopControl()
    let terminal = Terminal(
      keepsOutputForRecords: plan.printsRecords, whenClosed: { control.outputClosed() })
    let logger = ErrorLog.logger(format: logFormat)
    var environment = RunEnvironment(
      console: terminal, input: InputFile.standard(), logger: logger)
    environment.keepsTimeline = true
    let watchers = watching.watchers
    environment.observers += watchers.all
    let run = try await makeRun(plan, in: environment, control)
    let supervised = SupervisedRun(run, control, terminal, plan, isQuiet: quiet)
    let code = try await watching.serve(run, watchers, terminal, logger) { dashboard in
      await supervised.perform(watchedBy: dashboard)
    }
    throw ArgumentParser.ExitCode(code.rawValue)
  }

  private func makeRun(
    _ plan: Plan, in environment: RunEnvironment, _ control: StopControl
  ) async throws -> PipelineRun {
    guard let resume else { return PipelineRun(plan, in: environment, control: control) }
    do {
      let folder = try RunFolders(in: plan.options.directory).interrupted(resume)
      return try await PipelineRun.goingOn(with: folder, plan, in: environment, control: control)
    } catch {
      Terminal.printError("patchbay: \(error)")
      let isOther = (error as? PipelineError)?.code == .otherConfiguration
      let code: PatchbayCore.ExitCode =
        error is UnreadableInput ? .unreadableInput : isOther ? .configuration : .failure
      throw ArgumentParser.ExitCode(code.rawValue)
    }
  }
}
