import Dispatch

/// Runs tasks one after the other, in the order they became ready, on a thread of its own.
///
/// A run on it comes out the same each time, as far as nothing depends on real time; and whatever
/// blocks other threads doesn't hold it up.
package final class SerialTaskExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "patchbay.tasks")

  /// Makes one.
  package init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
