import Dispatch

/// Runs all tasks of a run one after the other, in the order they became ready, so that what depends
/// on no real time comes out the same each time.
final class SerialTaskExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "patchbay.test")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
