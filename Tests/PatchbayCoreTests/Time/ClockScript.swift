import PatchbayCore
import PatchbayTesting
import Synchronization

/// Tasks that live on one virtual clock, and a log of what they did when.
final class ClockScript: Sendable {
  let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
  private let executor = ManualExecutor()
  private let lines = Mutex<[String]>([])

  /// What happened so far, in its order.
  var log: [String] { lines.withLock { $0 } }

  /// Notes an event with the present time.
  func note(_ text: String) {
    let line = "\(text) \(clock.now.nanoseconds)"
    lines.withLock { $0.append(line) }
  }

  /// Starts a task that the clock counts as busy until it ends.
  @discardableResult
  func start(
    _ name: String, _ body: @escaping @Sendable (VirtualClock) async throws -> Void
  ) -> Task<Void, Never> {
    clock.hold()
    return Task(executorPreference: executor) { [self] in
      do {
        try await body(clock)
        note(name)
      } catch {
        note("\(name) \(error is CancellationError ? "cancelled" : "failed")")
      }
      clock.release()
    }
  }

  @discardableResult
  func startSleeper(_ name: String, until deadline: Int64) -> Task<Void, Never> {
    start(name) { try await $0.sleep(until: Timestamp(nanoseconds: deadline)) }
  }

  @discardableResult
  func startWatcher(_ name: String, until deadline: Int64) -> Task<Void, Never> {
    start(name) { try await $0.watch(until: Timestamp(nanoseconds: deadline)) }
  }

  /// Whether the clock counts nobody as busy: time stands for one who holds it, and moves for none.
  var isBalanced: Bool {
    let start = clock.now.nanoseconds
    clock.hold()
    startSleeper("balance", until: start + 1)
    drain()
    let hasStood = clock.now.nanoseconds == start
    clock.release()
    drain()
    return hasStood && clock.now.nanoseconds == start + 1
  }

  /// Lets all tasks go on until everybody waits or is done.
  func drain() { executor.drain() }
}
