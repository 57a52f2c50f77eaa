import Synchronization

/// What tasks and the loop's thread share: commands one way, the end of the thread the other.
///
/// The thread and the client each keep it alive; it keeps neither of them alive.
final class Mailbox: Sendable {
  /// What the loop is to do.
  enum Command: Sendable {
    case add(Submission)
    case cancel(UInt64)
    case run(UnownedJob)
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

  /// How many requests to one host may be under way here at the same time.
  let connectionsPerHost: Int

  private let state = Mutex(State())
  private let lastID = Atomic<UInt64>(0)

  init(connectionsPerHost: Int) {
    self.connectionsPerHost = connectionsPerHost
  }

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

  /// Leaves a task's next step for the loop.
  ///
  /// - Returns: false if no loop will look for it.
  func post(_ job: UnownedJob) -> Bool {
    state.withLock { $0.post(job) }
  }

  /// Says that the loop is about to wait, so that it is to be woken; false if there is something to do.
  func beginWait() -> Bool {
    state.withLock { $0.beginWait() }
  }

  /// Takes out all commands; called by the loop, which then looks again before it waits.
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
