import PatchbayCore

extension TokenCache {
  /// What the cache's lock protects.
  struct State {
    /// What whoever asks for a token is to do.
    enum Answer {
      case use(String, renewal: Timestamp)
      case fail(any Error)
      case fetch
      /// To park by `add(_:)`, and then to ask again.
      case wait
    }

    private enum Phase {
      /// There is none; the last fetch may have failed. Next: fetching.
      case absent((any Error)?)
      /// There is one until its renewal. Next: fetching.
      case present(token: String, renewal: Timestamp)
      /// Somebody fetches one, others wait for it. Next: present or absent.
      case fetching([ParkedTask])
    }

    private var phase = Phase.absent(nil)

    /// - Parameter hasWaited: whether the caller has waited for a fetch, so that its failure is the
    ///   caller's too.
    mutating func ask(replacing refused: String?, hasWaited: Bool, now: Timestamp) -> Answer {
      switch phase {
      case .fetching: return .wait
      case .present(let token, let renewal) where token != refused && now < renewal:
        return .use(token, renewal: renewal)
      case .absent(let error?) where hasWaited: return .fail(error)
      case .present, .absent:
        phase = .fetching([])
        return .fetch
      }
    }

    /// Adds a task that waits for the fetch; false if it has ended meanwhile.
    mutating func add(_ task: ParkedTask) -> Bool {
      guard case .fetching(let waiting) = phase else { return false }
      phase = .fetching(waiting + [task])
      return true
    }

    /// Ends the fetch with a token; returns the tasks to resume.
    mutating func end(with token: String, renewal: Timestamp) -> [ParkedTask] {
      end(as: .present(token: token, renewal: renewal))
    }

    /// Ends the fetch without one; returns the tasks to resume.
    mutating func end(with error: (any Error)?) -> [ParkedTask] {
      end(as: .absent(error))
    }

    private mutating func end(as next: Phase) -> [ParkedTask] {
      defer { phase = next }
      if case .fetching(let waiting) = phase { return waiting }
      return []
    }
  }
}
