import PatchbayCore
import PatchbayTesting
import Synchronization
import Testing

/// Emits events as a source does, and keeps what would travel.
struct Emission: Sendable {
  private final class Kept: Sendable {
    let batches = Mutex<[TrackedBatch]>([])
  }

  let ledger = DeliveryLedger()
  let symbols = SymbolTable()
  private let kept = Kept()
  private let outlet: SourceOutlet

  init() {
    let keep: @Sendable (TrackedBatch) async throws -> Void = { [kept] batch in
      kept.batches.withLock { $0.append(batch) }
    }
    outlet = SourceOutlet(
      symbols: symbols, clock: RealClock(), batchSize: .max,
      destination: .init(ledger: ledger, main: keep, rejected: keep))
  }

  /// Emits events together.
  func emit(_ events: some Sequence<EventFields>) async throws -> TrackedBatch {
    var batch = EventBatch(symbols: symbols)
    for event in events { batch.append(event, intended: Timestamp(nanoseconds: 0)) }
    try await outlet.emit(batch)
    return try #require(kept.batches.withLock { $0.popLast() })
  }

  /// Emits numbered events together, all of one agent.
  func emit(_ numbers: Range<Int>) async throws -> TrackedBatch {
    try await emit(numbers.map { .sample($0) })
  }
}

extension TrackedBatch {
  /// The numbers of its events.
  var numbers: [Int] { batch.numbers }
}

extension EventBatch {
  /// The numbers of its events.
  var numbers: [Int] {
    indices.map { Int(sequenceID(of: self[$0]).dropFirst("test-".count)) ?? -1 }
  }
}

extension SettlementCounts {
  /// The counts as a line, for expectations.
  var line: String { "\(emitted) = \(delivered) + \(rejected) + \(failed) + \(abandoned)" }
}
