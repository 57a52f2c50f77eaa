/// Wakes the one task that waits for it: an `AsyncStream` that carries nothing but the word to go on.
///
/// What the task is woken for lies elsewhere, behind a lock that also says whether it waits: only
/// then may it be woken, and only once.
package struct WakeStream: Sendable {
  private let clock: any PipelineClock
  private let words: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  /// Makes one that nobody waits for.
  package init(clock: any PipelineClock) {
    self.clock = clock
    (words, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Wakes the task; it must be noted as waiting, and isn't any more.
  package func wake() {
    clock.hold()
    continuation.yield()
  }

  /// Waits for the word; the task is noted as waiting.
  ///
  /// - Parameter withdraw: takes the note back when the task is cancelled, and says whether it was
  ///   still there; if it wasn't, somebody has woken the task meanwhile.
  /// - Returns: false if the task was cancelled.
  package func wait(orWithdraw withdraw: () -> Bool) async -> Bool {
    clock.release()
    for await _ in words { return true }
    if withdraw() { clock.hold() }
    return false
  }
}
