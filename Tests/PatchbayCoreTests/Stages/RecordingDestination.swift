import PatchbayCore
import Synchronization

/// The runtime's side of an outlet: notes what goes which way.
final class RecordingDestination: Sendable {
  private struct State {
    var lines: [String] = []
    var batches: [TrackedBatch] = []
    var isStopping = false
    var error: (any Error)?
    var settlement: Settlement?
    /// Those who wait for room; nil while there is room.
    var waiting: [ParkedTask]?
  }

  private let state = Mutex(State())
  let ledger = DeliveryLedger()

  /// A line a batch: its way and the `sequence_id`s.
  var log: [String] { state.withLock { $0.lines } }
  /// The batches in the order they came.
  var tracked: [TrackedBatch] { state.withLock { $0.batches } }
  /// The same as stages see them.
  var batches: [EventBatch] { tracked.map(\.batch) }
  /// How many wait for room.
  var waitingCount: Int { state.withLock { $0.waiting?.count ?? 0 } }

  /// Makes whoever sends wait from now on.
  func fill() { state.withLock { $0.waiting = [] } }

  /// Makes room.
  func makeRoom() {
    state.withLock { state in
      defer { state.waiting = nil }
      return state.waiting ?? []
    }.resumeAll()
  }

  /// Asks sources to stop.
  func stop() { state.withLock { $0.isStopping = true } }

  /// Takes nothing from now on; with nil, everything again.
  func fail(with error: (any Error)?) { state.withLock { $0.error = error } }

  /// Settles what comes from now on at once.
  func settle(as settlement: Settlement) { state.withLock { $0.settlement = settlement } }

  func makeOutlet(
    batchSize: Int, clock: any PipelineClock = RealClock(), past: SourcePast? = nil,
    repeats: Bool = false
  ) -> SourceOutlet {
    SourceOutlet(
      symbols: SymbolTable(), clock: clock, batchSize: batchSize,
      destination: .init(
        ledger: ledger, main: { [self] in try await take($0, "main", clock) },
        rejected: { [self] in try await take($0, "rejected", clock) },
        isStopping: { [self] in state.withLock { $0.isStopping } }), past: past, repeats: repeats)
  }

  private func take(
    _ batch: TrackedBatch, _ way: String, _ clock: any PipelineClock
  ) async throws {
    await clock.park { task in
      state.withLock { state in
        state.waiting?.append(task)
        return state.waiting != nil
      }
    }
    let settlement = try state.withLock {
      if let error = $0.error { throw error }
      $0.lines.append("\(way) \(batch.batch.sequences.joined(separator: " "))")
      $0.batches.append(batch)
      return $0.settlement
    }
    if let settlement { batch.settle(as: settlement) }
  }
}
