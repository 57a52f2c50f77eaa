import Synchronization

/// Tells blocking work to stop; set once.
final class StopFlag: Sendable {
  private let value = Atomic(false)

  /// Whether it has been set.
  var isSet: Bool { value.load(ordering: .relaxed) }

  func set() { value.store(true, ordering: .relaxed) }

  /// Throws if it has been set.
  func check() throws {
    if isSet { throw CancellationError() }
  }
}
