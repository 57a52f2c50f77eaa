extension Mailbox {
  /// What the mailbox's lock protects.
  struct State {
    private enum Phase {
      /// No thread yet. Next: running by the first request, closed by a stop.
      case idle
      /// A thread runs or is being started. Next: stopping by a stop, idle by a failed start.
      case running
      /// The thread is to end. Next: closed.
      case stopping
      /// No thread any more. Final.
      case closed
    }

    var waker: Waker?

    private var phase = Phase.idle
    private var commands: [Command] = []
    /// Whether the loop will look for commands without being woken: it is at work, or was woken.
    private var isAwake = true
    private var continuations: [CheckedContinuation<Void, Never>] = []

    mutating func submit(_ submission: Submission, isCancelled: Bool) -> Reception {
      guard phase == .idle || phase == .running else { return .closed }
      guard !isCancelled else { return .cancelled }
      defer { phase = .running }
      commands.append(.add(submission))
      wake()
      return phase == .idle ? .acceptedAsFirst : .accepted
    }

    mutating func cancel(_ id: UInt64) {
      // Without a thread there is no request; a stopping one ends them all by itself.
      guard phase == .running else { return }
      commands.append(.cancel(id))
      wake()
    }

    /// Whether there is nothing to wait for.
    mutating func stop(_ continuation: CheckedContinuation<Void, Never>?) -> Bool {
      switch phase {
      case .idle, .closed:
        phase = .closed
        return true
      case .running, .stopping:
        phase = .stopping
        if let continuation { continuations.append(continuation) }
        wake()
        return false
      }
    }

    mutating func post(_ job: UnownedJob) -> Bool {
      guard phase == .running else { return false }
      commands.append(.run(job))
      wake()
      return true
    }

    mutating func beginWait() -> Bool {
      guard commands.isEmpty, phase != .stopping else { return false }
      isAwake = false
      return true
    }

    mutating func takeBatch() -> Batch {
      isAwake = true
      defer { commands = [] }
      return Batch(commands: commands, isStopping: phase == .stopping)
    }

    mutating func end() -> ([Command], [CheckedContinuation<Void, Never>]) {
      phase = phase == .stopping ? .closed : .idle
      isAwake = true
      defer { (commands, continuations) = ([], []) }
      return (commands, continuations)
    }

    /// Wakes the loop once for all commands that it finds when it looks next.
    private mutating func wake() {
      guard let waker, !isAwake else { return }
      isAwake = true
      waker.wake()
    }
  }
}
