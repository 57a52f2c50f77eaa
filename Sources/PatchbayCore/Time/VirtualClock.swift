import Synchronization

/// Time that passes only when nobody has anything to do, and then at once.
///
/// Sleepers wake one at a time in the order of their deadlines (the earlier sleeper first among
/// equals), so that a run with one source replays the same interleaving of its waits.
public final class VirtualClock: PipelineClock {
  private struct Sleeper {
    let deadline: Timestamp
    let id: UInt64
    let isWatching: Bool
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Timestamp
    var busy = 0
    var lastID: UInt64 = 0
    var sleepers: [Sleeper] = []
    /// Sleepers on their way in, and those of them that were cancelled before they got there.
    var arriving: Set<UInt64> = []
    var cancelledEarly: Set<UInt64> = []

    /// Takes the sleeper whose turn it is and moves the time there; nil while somebody is busy or
    /// only watchers are left.
    mutating func wakeNext() -> Sleeper? {
      guard busy == 0, sleepers.contains(where: { !$0.isWatching }) else { return nil }
      var first = 0
      for index in sleepers.indices.dropFirst()
      where (sleepers[index].deadline, sleepers[index].id)
        < (sleepers[first].deadline, sleepers[first].id)
      {
        first = index
      }
      let sleeper = sleepers.remove(at: first)
      now = max(now, sleeper.deadline)
      busy += 1
      return sleeper
    }
  }

  private let state: Mutex<State>

  /// Makes a clock that stands at `start`.
  public init(start: Timestamp) {
    state = Mutex(State(now: start))
  }

  /// Yes.
  public var standsStillForWork: Bool { true }

  /// The present time.
  public var now: Timestamp { state.withLock { $0.now } }

  /// Waits until everybody waits and the time is reached.
  public func sleep(until deadline: Timestamp) async throws {
    try await park(until: deadline, isWatching: false)
  }

  /// Waits until sleepers have taken the time there.
  public func watch(until deadline: Timestamp) async throws {
    try await park(until: deadline, isWatching: true)
  }

  /// Zero: nobody really waits.
  public func realDuration(of wait: Duration) -> Duration { .zero }

  /// Notes one more task that has something to do.
  public func hold() {
    state.withLock { $0.busy += 1 }
  }

  /// Notes one task less that has something to do; if it was the last, time moves on.
  public func release() {
    let sleeper = state.withLock {
      $0.busy -= 1
      return $0.wakeNext()
    }
    sleeper?.continuation.resume()
  }

  private func park(until deadline: Timestamp, isWatching: Bool) async throws {
    let id = state.withLock {
      $0.lastID += 1
      $0.arriving.insert($0.lastID)
      return $0.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let sleeper = Sleeper(
          deadline: deadline, id: id, isWatching: isWatching, continuation: continuation)
        add(sleeper)
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func add(_ sleeper: Sleeper) {
    let (immediate, woken): (Result<Void, any Error>?, Sleeper?) = state.withLock {
      $0.arriving.remove(sleeper.id)
      if $0.cancelledEarly.remove(sleeper.id) != nil {
        return (.failure(CancellationError()), nil)
      }
      if sleeper.deadline <= $0.now { return (.success(()), nil) }
      $0.sleepers.append(sleeper)
      $0.busy -= 1
      return (nil, $0.wakeNext())
    }
    if let immediate { sleeper.continuation.resume(with: immediate) }
    woken?.continuation.resume()
  }

  private func cancel(_ id: UInt64) {
    let sleeper: Sleeper? = state.withLock {
      guard let index = $0.sleepers.firstIndex(where: { $0.id == id }) else {
        if $0.arriving.contains(id) { $0.cancelledEarly.insert(id) }
        return nil
      }
      $0.busy += 1
      return $0.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }
}
