import PatchbayCore
import Synchronization

/// Runs tasks on one thread, each time the one that a seed chooses among those that can go on.
///
/// So every interleaving that a run could have on many threads may come, between one wait and the next, and
/// the same seed gives the same one.
final class SeededExecutor: TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var isStopped = false
  }

  /// How long nobody may have anything to do, in real time, before that counts as hanging.
  private static let patience: Int64 = 2_000_000_000

  private let state = Mutex(State())

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { state in
      if !state.isStopped { state.jobs.append(job) }
    }
  }

  /// Runs until a condition holds.
  ///
  /// - Returns: false if nobody has anything to do and it doesn't hold: somebody waits for a word that never
  ///   comes.
  func run(_ random: inout KeyedRandom, until isDone: () -> Bool) -> Bool {
    var idleSince: MonotonicInstant?
    while !isDone() {
      // Nothing is drawn while nobody can go on: how long that is isn't the seed's.
      if state.withLock({ !$0.jobs.isEmpty }) {
        let draw = random.next()
        let job = state.withLock { $0.jobs.remove(at: Int(draw % UInt64($0.jobs.count))) }
        job.runSynchronously(on: asUnownedTaskExecutor())
        idleSince = nil
        continue
      }
      let since = idleSince ?? .now
      idleSince = since
      if since.elapsedNanoseconds > Self.patience { return false }
      // Only timers in real time may still bring something.
      RealPause.milliseconds(1)
    }
    return true
  }

  /// Lets nothing run any more, as when the process is killed.
  func stop() {
    state.withLock { state in
      state.jobs = []
      state.isStopped = true
    }
  }
}
