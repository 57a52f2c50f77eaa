import Synchronization

/// A task of the run that waits until another one lets it go on; `PipelineClock.park` makes it.
///
/// Waiting for another task of the run lets virtual time pass. All of that is kept here and in
/// `PipelineClock+Waiting.swift`, so that nobody else has to pair `hold()` with `release()`.
package final class ParkedTask: Sendable {
  private let clock: any PipelineClock
  private let continuation: Mutex<CheckedContinuation<Void, Never>?>

  init(_ continuation: CheckedContinuation<Void, Never>, on clock: any PipelineClock) {
    self.clock = clock
    self.continuation = Mutex(continuation)
  }

  /// Lets the task go on.
  ///
  /// - Returns: false if it goes on already, because it was resumed before or was cancelled; whoever
  ///   means to wake one task then wakes the next.
  @discardableResult
  package func resume() -> Bool {
    guard let continuation = take() else { return false }
    // The one who wakes counts the task as busy, before it can be thought idle.
    clock.hold()
    continuation.resume()
    return true
  }

  /// Lets a task go on that has nothing to wait for; false if it was resumed before.
  func passThrough() -> Bool {
    guard let continuation = take() else { return false }
    continuation.resume()
    return true
  }

  private func take() -> CheckedContinuation<Void, Never>? {
    continuation.withLock { $0.take() }
  }
}

extension [ParkedTask] {
  /// Lets all of them go on.
  package func resumeAll() {
    for task in self { task.resume() }
  }
}
