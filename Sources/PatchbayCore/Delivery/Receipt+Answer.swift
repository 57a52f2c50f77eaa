import Synchronization

extension Receipt {
  /// Where a task waits for settlements.
  final class Answer: Sendable {
    private enum State {
      /// Next: `awaited` or `there`.
      case open
      /// Next: `there`.
      case awaited(ParkedTask)
      /// The end.
      case there([Settlement])
    }

    private let state = Mutex(State.open)

    /// Asks for the settlements; false if they are there, and there is nothing to wait for.
    func isAwaited(by task: ParkedTask, from receipt: Receipt) -> Bool {
      receipt.whenSettled { [self] settlements in
        let waiting = state.withLock { state -> ParkedTask? in
          defer { state = .there(settlements) }
          if case .awaited(let task) = state { return task }
          return nil
        }
        waiting?.resume()
      }
      return state.withLock { state in
        if case .there = state { return false }
        state = .awaited(task)
        return true
      }
    }

    /// The settlements; empty until they are there.
    var settlements: [Settlement] {
      state.withLock { state in
        if case .there(let settlements) = state { return settlements }
        return []
      }
    }
  }
}
