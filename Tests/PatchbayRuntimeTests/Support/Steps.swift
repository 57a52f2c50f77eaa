import PatchbayCore
import PatchbayTesting
import Synchronization

/// Tasks that a test lets go on by hand, all on its own thread, and a log of what they did when.
///
/// When `drain()` returns, everybody waits or is done.
final class Steps<Clock: PipelineClock>: Sendable {
  let clock: Clock
  private let start: Timestamp
  private let executor = ManualExecutor()
  private let lines = Mutex<[String]>([])

  init(_ clock: Clock) {
    self.clock = clock
    start = clock.now
  }

  /// What happened so far, each with the seconds since the start.
  var log: [String] { lines.withLock { $0 } }

  /// Notes an event with the present time.
  func note(_ text: String) {
    let seconds = clock.now.nanosecondsSince(start) / 1_000_000_000
    lines.withLock { $0.append("\(text) \(seconds)") }
  }

  /// Starts a task that the clock counts as busy until it ends.
  @discardableResult
  func start(
    _ name: String, _ body: @escaping @Sendable (Steps) async throws -> Void
  ) -> Task<Void, Never> {
    clock.hold()
    return Task(executorPreference: executor) { [self] in
      do {
        try await body(self)
        note(name)
      } catch {
        note("\(name): \(error)")
      }
      clock.release()
    }
  }

  /// Lets all tasks go on.
  func drain() { executor.drain() }
}

extension Steps where Clock == VirtualClock {
  convenience init() { self.init(VirtualClock(start: Timestamp(nanoseconds: 0))) }

  /// Sleeps until so many seconds after the start.
  func sleep(untilSecond second: Int64) async throws {
    try await clock.sleep(until: Timestamp(nanoseconds: second * 1_000_000_000))
  }
}
