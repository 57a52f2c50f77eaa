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
    let network = CaseNetwork(scripts, clock: clock)
    let console = CapturedConsole()
    let recorder = RunRecorder()
    var environment = RunEnvironment(
      console: console, input: ScriptedInput(test.stdin.map { Array("\($0)\n".utf8) }),
      logger: Logger(label: "patchbay.test", factory: { _ in SwiftLogNoOpLogHandler() }),
      clock: clock)
    environment.values.network = network
    environment.observers = [recorder, network]
    let run = PipelineRun(plan, in: environment)
    let (report, isLate) = await finish(run)
    let folder = ResultFolder(path: report.run.directory)
    let check = ResultCheck(
      expect: test.expect, report: report, recorder: recorder, network: network,
      console: console.lines, folder: folder)
    let late = Difference(
      OptionPath("timeout"), "was ended after \(test.timeout.optionText) of real time")
    let differences = (isLate ? [late] : []) + check.differences()
    folder.remove()
    return CaseResult(
      name: test.name, differences: differences, console: console.lines,
      requests: network.sent.flatMap(\.lines), nanoseconds: began.elapsedNanoseconds,
      virtualTime: report.run.finishedAt.since(report.run.startedAt))
  }

  /// Runs it on one thread; ends it at once if it takes too long.
  private func finish(_ run: PipelineRun) async -> (RunReport, isLate: Bool) {
    await withTaskGroup(of: RunReport?.self) { group in
      group.addTask {
        await BlockingLane.$isInline.withValue(true) {
          await withTaskExecutorPreference(SerialTaskExecutor()) { await run.run() }
        }
      }
      group.addTask { [timeout = test.timeout] in
        try? await RealClock().sleep(for: timeout)
        return nil
      }
      var isLate = false
      for await result in group {
        group.cancelAll()
        if let result { return (result, isLate) }
        isLate = true
      }
      // The run always gives a report; this is only for the compiler.
      return (await run.run(), isLate)
    }
  }
}
