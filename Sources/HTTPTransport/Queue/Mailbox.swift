import Synchronization

/// What tasks and the loop's thread share: commands one way, the end of the thread the other.
///
/// The thread and the client each keep it alive; it keeps neither of them alive.
final class Mailbox: Sendable {
  /// What the loop is to do.
  enum Command: Sendable {
    case add(Submission)
    case cancel(UInt64)
  }

  /// What ``submit(_:)`` wants from its caller.
  enum Reception {
    /// Nothing; the loop resumes the continuation.
    case accepted
    /// To start the thread. The loop then resumes the continuation.
    case acceptedAsFirst
    /// To resume the continuation: the client is shut down.
    case closed
    /// To resume the continuation: the task was cancelled before.
    case cancelled
  }

  /// What the loop takes out at once.
  struct Batch: Sendable {
    var commands: [Command]
    var isStopping: Bool
  }

  private let state = Mutex(State())
  private let lastID = Atomic<UInt64>(0)

  /// A number that names one request.
  func makeID() -> UInt64 {
    lastID.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// Leaves a request for the loop; called by the task whose request it is.
  func submit(_ submission: Submission) -> Reception {
    // A cancel of this request that came first found nothing to cancel. But a task is marked
    // as cancelled before its handlers run, and the handler was here, under this lock, before
    // us: so the mark is visible now. A cancel that comes later is queued behind the request.
    state.withLock { $0.submit(submission, isCancelled: Task.isCancelled) }
  }

  /// Asks the loop to give up a request.
  ///
  /// Does nothing if the request has ended.
  func cancel(_ id: UInt64) {
    state.withLock { $0.cancel(id) }
  }

  /// Asks the loop to end.
  ///
  /// The continuation is resumed when it has, at once if it isn't running.
  func stop(_ continuation: CheckedContinuation<Void, Never>?) {
    let hasEnded = state.withLock { $0.stop(continuation) }
    if hasEnded { continuation?.resume() }
  }

  /// Takes over the loop's waker; called by the loop before it first waits.
  func install(_ waker: Waker) {
    state.withLock { $0.waker = waker }
  }

  /// Takes out all commands; called by the loop.
  func takeBatch() -> Batch {
    state.withLock { $0.takeBatch() }
  }

  /// Forgets the waker; called by the loop before it frees what the waker wakes.
  func removeWaker() {
    state.withLock { $0.waker = nil }
  }

  /// Notes that the loop is over and tells those who wait for it.
  ///
  /// Returns the commands that no loop will carry out. There are none after a stop, since a
  /// batch that is stopping is the last; after a failed start they await their failure.
  func end() -> [Command] {
    let (commands, continuations) = state.withLock { $0.end() }
    for continuation in continuations { continuation.resume() }
    return commands
  }
}
