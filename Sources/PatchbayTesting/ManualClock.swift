public import PatchbayCore
import Synchronization

/// Time that passes only when a test says so.
///
/// ```swift
/// let clock = ManualClock()
/// async let result = work(clock)
/// await clock.sleepers(1)
/// clock.advance(by: .seconds(30))
/// ```
public final class ManualClock: PipelineClock {
  private struct Sleeper {
    let id: UInt64
    let deadline: Timestamp
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Timestamp
    var lastID: UInt64 = 0
    var sleepers: [Sleeper] = []
    /// Sleepers on their way in, and those of them that were cancelled before they got there.
    var arriving: Set<UInt64> = []
    var cancelledEarly: Set<UInt64> = []
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    mutating func takeWatchers() -> [CheckedContinuation<Void, Never>] {
      let count = sleepers.count
      let ready = watchers.filter { $0.count <= count }.map(\.continuation)
      watchers.removeAll { $0.count <= count }
      return ready
    }
  }

  private let state: Mutex<State>

  /// Makes a clock that stands still.
  ///
  /// - Parameter start: the time at which it stands; 2026-01-01 unless it is chosen.
  public init(start: Timestamp = Timestamp(nanoseconds: 1_767_225_600_000_000_000)) {
    state = Mutex(State(now: start))
  }

  /// The present time.
  public var now: Timestamp { state.withLock { $0.now } }

  /// Moves the time on and wakes whoever waits for it, the earliest deadline first.
  public func advance(by duration: Duration) {
    let woken = state.withLock { state -> [Sleeper] in
      state.now = state.now.advanced(by: duration)
      let due = state.sleepers.filter { $0.deadline <= state.now }
      state.sleepers.removeAll { $0.deadline <= state.now }
      return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  /// Lets nobody wait for sleepers any more.
  func giveUp() {
    let watchers = state.withLock { state in
      defer { state.watchers = [] }
      return state.watchers
    }
    for watcher in watchers { watcher.continuation.resume() }
  }

  /// Waits until at least so many tasks wait for the time.
  public func sleepers(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isReady { continuation.resume() }
    }
  }

  /// Waits until `advance(by:)` has taken the time there.
  public func sleep(until deadline: Timestamp) async throws {
    let id = state.withLock { state in
      state.lastID += 1
      state.arriving.insert(state.lastID)
      return state.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        add(Sleeper(id: id, deadline: deadline, continuation: continuation))
      }
    } onCancel: {
      cancel(id)
    }
  }

  /// Waits like `sleep(until:)`.
  public func watch(until deadline: Timestamp) async throws { try await sleep(until: deadline) }

  /// Does nothing: the test alone decides when time passes.
  public func hold() {}

  /// Does nothing: the test alone decides when time passes.
  public func release() {}

  private func add(_ sleeper: Sleeper) {
    let (result, watchers) = state.withLock {
      state -> (Result<Void, any Error>?, [CheckedContinuation<Void, Never>]) in
      state.arriving.remove(sleeper.id)
      if state.cancelledEarly.remove(sleeper.id) != nil {
        return (.failure(CancellationError()), [])
      }
      if sleeper.deadline <= state.now { return (.success(()), []) }
      state.sleepers.append(sleeper)
      return (nil, state.takeWatchers())
    }
    if let result { sleeper.continuation.resume(with: result) }
    for watcher in watchers { watcher.resume() }
  }

  private func cancel(_ id: UInt64) {
    let sleeper = state.withLock { state -> Sleeper? in
      guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
        if state.arriving.contains(id) { state.cancelledEarly.insert(id) }
        return nil
      }
      return state.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }
}
