import PatchbayCore
import PatchbayTesting

/// A manual clock that tells when a task has begun to wait for another one.
struct ParkingClock: PipelineClock {
  let manual = ManualClock()
  private let parked: AsyncStream<Void>
  private let note: AsyncStream<Void>.Continuation

  init() {
    (parked, note) = AsyncStream.makeStream()
  }

  /// Waits until so many more tasks have begun to wait for others.
  func parkings(_ count: Int) async {
    guard count > 0 else { return }
    var rest = count
    for await _ in parked {
      rest -= 1
      if rest == 0 { return }
    }
  }

  var now: Timestamp { manual.now }
  func sleep(until deadline: Timestamp) async throws { try await manual.sleep(until: deadline) }
  func watch(until deadline: Timestamp) async throws { try await manual.sleep(until: deadline) }
  func hold() {}
  func release() { note.yield() }
}
