import HTTPDelivery
import Logging
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting

/// Runs one test: the real stages, on the virtual clock, on one thread, with a scripted network.
struct CaseRunner {
  let test: TestCase
  let plan: Plan
  let scripts: [RequestPattern: [Reply]]
  /// Where the run's folder is made.
  let directory: String

  func run() async -> CaseResult {
    let began = MonotonicInstant.now
    let clock = VirtualClock(start: plan.options.epoch)
    let network = ScriptedNetwork(scripts, clock: clock)
    let console = CapturedConsole()
    let recorder = RunRecorder()
    var environment = RunEnvironment(
      console: console, input: ScriptedInput(test.stdin.map { Array("\($0)\n".utf8) }),
      logger: Logger(label: "patchbay.test", factory: { _ in SwiftLogNoOpLogHandler() }),
      clock: clock)
    environment.values[NetworkKey.self] = network
    environment.observer = recorder
    let run = PipelineRun(plan, in: environment)
    let report = await withTaskExecutorPreference(SerialTaskExecutor()) { await run.run() }
    let folder = RunFolder(path: report.run.directory)
    let check = ResultCheck(
      expect: test.expect, report: report, recorder: recorder, network: network,
      console: console.lines, folder: folder)
    let differences = check.differences()
    folder.remove()
    return CaseResult(
      name: test.name, differences: differences, console: console.lines,
      nanoseconds: began.elapsedNanoseconds,
      virtualTime: report.run.finishedAt.since(report.run.startedAt))
  }
}
