import Synchronization

/// The sources whose events others may show the outcome of: whether there are any, and how many still run.
final class WatchedSources: Sendable {
  private let running = Mutex<Int?>(nil)

  /// Adds one, before any of them runs.
  func add() { running.withLock { $0 = ($0 ?? 0) + 1 } }

  /// Notes that one has returned.
  func end() { running.withLock { $0 = $0.map { $0 - 1 } } }

  /// Whether there were some, and all have returned.
  var haveEnded: Bool { running.withLock { $0 == 0 } }
}
