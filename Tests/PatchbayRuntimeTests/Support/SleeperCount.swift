import PatchbayCore
import PatchbayTesting
import Synchronization

/// A virtual clock that counts who sleeps on it.
final class SleeperCount: PipelineClock {
  private let clock: VirtualClock
  private let counts = Mutex<(present: Int, most: Int, total: Int)>((0, 0, 0))

  init(_ clock: VirtualClock) { self.clock = clock }

  /// The most that slept at once.
  var most: Int { counts.withLock { $0.most } }
  /// How often anybody slept.
  var total: Int { counts.withLock { $0.total } }

  var standsStillForWork: Bool { true }
  var now: Timestamp { clock.now }

  func sleep(until deadline: Timestamp) async throws {
    counts.withLock { counts in
      counts.present += 1
      counts.total += 1
      counts.most = max(counts.most, counts.present)
    }
    defer { counts.withLock { $0.present -= 1 } }
    try await clock.sleep(until: deadline)
  }

  func watch(until deadline: Timestamp) async throws { try await clock.watch(until: deadline) }
  func hold() { clock.hold() }
  func release() { clock.release() }
}

/// A manual clock on which cancelling comes too late: who sleeps is woken by the time alone, as when
/// both happen at once.
final class StubbornClock: PipelineClock {
  private struct State {
    var now = Timestamp(nanoseconds: 0)
    var sleepers: [(deadline: Timestamp, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var now: Timestamp { state.withLock { $0.now } }

  /// Moves the time on and wakes whoever waits for it.
  func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let due = state.sleepers.filter { $0.deadline <= state.now }
      state.sleepers.removeAll { $0.deadline <= state.now }
      return due
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  func sleep(until deadline: Timestamp) async throws {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if deadline <= state.now { return true }
        state.sleepers.append((deadline, continuation))
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  func watch(until deadline: Timestamp) async throws { try await sleep(until: deadline) }
  func hold() {}
  func release() {}
}
