import PatchbayCore
import Synchronization
import Testing

/// Emits batches as a source does, and keeps what would travel.
struct Emission: Sendable {
  private final class Kept: Sendable {
    let batches = Mutex<[TrackedBatch]>([])
  }

  let ledger: DeliveryLedger
  let symbols: SymbolTable
  private let kept: Kept
  private let outlet: SourceOutlet

  init(symbols: SymbolTable = SymbolTable(), ledger: DeliveryLedger = DeliveryLedger()) {
    let kept = Kept()
    let keep: @Sendable (TrackedBatch) async throws -> Void = { batch in
      kept.batches.withLock { $0.append(batch) }
    }
    self.ledger = ledger
    self.symbols = symbols
    self.kept = kept
    outlet = SourceOutlet(
      symbols: symbols, clock: RealClock(), batchSize: .max,
      destination: .init(ledger: ledger, main: keep, rejected: keep))
  }

  /// Emits numbered events together; they have a delivery of their own.
  func emit(_ numbers: Range<Int>) async throws -> TrackedBatch {
    try await withReceipt(numbers).batch
  }

  /// Emits numbered events together.
  func withReceipt(
    _ numbers: Range<Int>
  ) async throws -> (batch: TrackedBatch, receipt: Receipt) {
    let receipt = try await outlet.emit(SampleEvents.batch(numbers, symbols: symbols))
    let batch = try #require(kept.batches.withLock { $0.popLast() })
    return (batch, receipt)
  }
}
