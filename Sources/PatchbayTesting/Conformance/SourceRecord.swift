import PatchbayCore
import Synchronization

/// Takes what a source emits, and can be full meanwhile.
final class SourceRecord: Sendable {
  /// How many calls may wait at a time without being a fault: several readers of one source.
  static let mostWaiting = 8

  private struct State {
    var events: [EventFields] = []
    var isFull: Bool
    var isEnded = false
    var hasArrived = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var arrivals: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(isFull: Bool = false) { state = Mutex(State(isFull: isFull)) }

  /// Everything that was taken, in order.
  var events: [EventFields] { state.withLock { $0.events } }

  func keep(_ events: [EventFields]) { state.withLock { $0.events += events } }

  /// Makes room.
  func open() { resume { $0.isFull = false } }

  /// Ends the run at once: whoever waits goes on with a `CancellationError`.
  func end() { resume { $0.isEnded = true } }

  /// Waits until something was emitted.
  func firstArrival() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if !state.hasArrived { state.arrivals.append(continuation) }
        return state.hasArrived
      }
      if isThere { continuation.resume() }
    }
  }

  /// What an outlet sends to; a batch that is kept is delivered.
  var destination: SourceOutlet.Destination {
    let take: @Sendable (TrackedBatch) async throws -> Void = { tracked in
      do {
        try await self.take(tracked.batch)
        tracked.settle(as: .delivered)
      } catch {
        tracked.settle(as: .abandoned)
        throw error
      }
    }
    return SourceOutlet.Destination(ledger: DeliveryLedger(), main: take, rejected: take)
  }

  private func take(_ batch: EventBatch) async throws {
    let arrivals = state.withLock { state in
      defer { state.arrivals = [] }
      state.hasArrived = true
      return state.arrivals
    }
    for arrival in arrivals { arrival.resume() }
    await withCheckedContinuation { continuation in
      let mustWait = state.withLock { state in
        let mustWait = state.isFull && !state.isEnded
        if mustWait { state.waiting.append(continuation) }
        return mustWait
      }
      if !mustWait { continuation.resume() }
    }
    // A source that never waits would keep a thread from whoever is to cancel it.
    await Task.yield()
    if state.withLock({ $0.isEnded }) { throw CancellationError() }
    keep(batch.spelledOut)
  }

  private func resume(_ change: (inout State) -> Void) {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      change(&state)
      return state.waiting
    }
    for call in waiting { call.resume() }
  }
}
