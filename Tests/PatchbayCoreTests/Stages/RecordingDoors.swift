import PatchbayCore
import Synchronization

/// The runtime's side of an outlet: notes what goes through which door.
final class RecordingDoors: Sendable {
  private struct State {
    var lines: [String] = []
    var batches: [EventBatch] = []
    var hasRoom = true
    var error: (any Error)?
  }

  private let state = Mutex(State())

  /// A line a batch: the door and the `sequence_id`s.
  var log: [String] { state.withLock { $0.lines } }
  /// The batches in the order they came.
  var batches: [EventBatch] { state.withLock { $0.batches } }

  /// Whether `offer` takes batches.
  func setRoom(_ hasRoom: Bool) { state.withLock { $0.hasRoom = hasRoom } }

  /// Makes the waiting doors throw from now on.
  func fail(with error: any Error) { state.withLock { $0.error = error } }

  func makeOutlet(
    batchSize: Int, clock: any PipelineClock = VirtualClock(start: SampleEvents.time)
  ) -> SourceOutlet {
    SourceOutlet(
      symbols: SymbolTable(), clock: clock, batchSize: batchSize,
      doors: .init(
        main: { [self] in try note("main", $0) },
        rejected: { [self] in try note("rejected", $0) },
        offer: { [self] batch in
          guard state.withLock({ $0.hasRoom }) else { return false }
          try? note("offer", batch)
          return true
        }))
  }

  private func note(_ door: String, _ batch: EventBatch) throws {
    try state.withLock {
      if let error = $0.error { throw error }
      $0.lines.append("\(door) \(batch.sequences.joined(separator: " "))")
      $0.batches.append(batch)
    }
  }
}
