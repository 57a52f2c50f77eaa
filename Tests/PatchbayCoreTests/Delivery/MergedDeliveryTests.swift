import PatchbayCore
import Testing

struct MergedDeliveryTests {
  private let symbols = SymbolTable()

  private func records(_ numbers: Range<Int>) -> TrackedBatch {
    TrackedBatch(records: SampleEvents.batch(numbers, symbols: symbols))
  }

  @Test func `each event of a merged batch settles in its own ticket`() async throws {
    let (one, other) = (Emission(symbols: symbols), Emission(symbols: symbols))
    var merged = try await one.emit(0..<3)
    merged.append(contentsOf: try await other.emit(3..<5))
    merged.append(contentsOf: records(5..<7))
    #expect(merged.recordCount == 2)

    let parts = merged.subset([6, 4, 1])
    parts.settle(as: .failed)
    #expect(one.ledger.counts.line == "3 = 0 + 0 + 1 + 0")
    #expect(other.ledger.counts.line == "2 = 0 + 0 + 1 + 0")

    merged.settle(as: .delivered)
    #expect(one.ledger.counts.line == "3 = 2 + 0 + 1 + 0")
    #expect(other.ledger.counts.line == "2 = 1 + 0 + 1 + 0")
  }

  @Test func `records in front don't shift the tickets`() async throws {
    let emission = Emission(symbols: symbols)
    var merged = records(0..<2)
    merged.append(contentsOf: try await emission.emit(2..<4))
    #expect(merged.recordCount == 2)
    merged.subset([0, 1, 3]).settle(as: .rejected)
    #expect(emission.ledger.counts.line == "2 = 0 + 1 + 0 + 0")
  }

  @Test func `parts of one batch share its ticket when merged again`() async throws {
    let emission = Emission(symbols: symbols)
    let batch = try await emission.emit(0..<4)
    var merged = batch.subset([3, 1])
    merged.append(contentsOf: batch.subset([0, 2]))
    #expect(merged.batch.sequences == ["s-3", "s-1", "s-0", "s-2"])
    merged.subset([0]).settle(as: .failed)
    merged.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "4 = 3 + 0 + 1 + 0")
  }

  @Test func `a merged batch branches in all its tickets`() async throws {
    let (one, other) = (Emission(symbols: symbols), Emission(symbols: symbols))
    var merged = try await one.emit(0..<2)
    merged.append(contentsOf: try await other.emit(2..<3))
    merged.branch(extraCopies: 1)
    merged.settle(as: .delivered)
    #expect(one.ledger.counts.settled + other.ledger.counts.settled == 0)
    merged.settle(as: .rejected)
    #expect(one.ledger.counts.line == "2 = 0 + 2 + 0 + 0")
    #expect(other.ledger.counts.line == "1 = 0 + 1 + 0 + 0")
  }

  @Test func `random ways through merges and branches are accounted for`() async throws {
    var random = KeyedRandom(seed: 1, purpose: "ways")
    let emission = Emission(symbols: symbols)
    var waiting: [TrackedBatch] = []
    for start in stride(from: 0, to: 400, by: 10) {
      waiting.append(try await emission.emit(start..<start + 10))
    }
    while let batch = waiting.popLast() {
      switch random.next() % 4 {
      case 0 where !waiting.isEmpty:
        var merged = batch
        merged.append(contentsOf: waiting.removeLast())
        waiting.append(merged)
      case 1 where batch.count > 1:
        let middle = Int(random.next() % UInt64(batch.count))
        waiting.append(batch.subset(Array(0..<middle)))
        waiting.append(batch.subset(Array(middle..<batch.count)))
      case 2 where random.next() % 4 == 0:
        batch.branch(extraCopies: 1)
        waiting.append(batch)
        batch.settle(as: .delivered)
      default:
        batch.settle(as: Settlement.allCases[Int(random.next() % 4)])
      }
    }
    #expect(emission.ledger.counts.emitted == 400)
    #expect(emission.ledger.counts.isBalanced)
  }
}
