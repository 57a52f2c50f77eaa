import Dispatch

/// Runs the steps of tasks on the loop's thread.
///
/// A task that prefers it sends a request and goes on with the answer on the thread that carries both:
/// no thread wakes another for it. While no loop runs, its steps run wherever there is a thread.
extension Mailbox: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if !post(job) { runElsewhere(job) }
  }

  /// Runs a step that was left for the loop; called by the loop.
  func run(_ job: UnownedJob) {
    job.runSynchronously(on: asUnownedTaskExecutor())
  }

  /// Runs a step that no loop will.
  func runElsewhere(_ job: UnownedJob) {
    DispatchQueue.global().async { self.run(job) }
  }
}
