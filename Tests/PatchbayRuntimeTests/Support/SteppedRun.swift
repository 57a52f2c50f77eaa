import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Synchronization

/// A run that a test lets go on by hand: when `drain()` returns, everybody in it waits.
final class SteppedRun: Sendable {
  let run: PipelineRun
  private let executor = ManualExecutor()
  private let result = Mutex<RunReport?>(nil)
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// Starts a run, and lets it go on until everybody waits.
  init(_ run: PipelineRun) {
    self.run = run
    start()
    drain()
  }

  convenience init(_ pipeline: TestPipeline, clock: any PipelineClock) throws {
    self.init(try pipeline.makeRun { $0.clock = clock })
  }

  /// The report, once the run has ended.
  var report: RunReport? { result.withLock { $0 } }

  /// Lets the run go on until everybody waits.
  func drain() { executor.drain() }

  /// Cancels the task that runs it.
  func cancel() { task.withLock { $0 }?.cancel() }

  private func start() {
    let started = Task(executorPreference: executor) { [self] in
      // What is written to a file comes from another thread otherwise, which no step waits for.
      let report = await BlockingLane.$isInline.withValue(true) { await run.run() }
      result.withLock { $0 = report }
    }
    task.withLock { $0 = started }
  }
}
