/// Wakes the one task that waits for it; a ring that nobody waits for is kept.
///
/// A task that is cancelled while it waits ends the bell: each start of a program has bells of its own.
struct Bell: Sendable {
  private let rings: AsyncStream<Void>
  private let ringing: AsyncStream<Void>.Continuation

  init() {
    (rings, ringing) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func ring() { ringing.yield() }

  /// Waits until it rings; false if the task is cancelled.
  func wait() async -> Bool {
    for await _ in rings { return true }
    return false
  }
}
