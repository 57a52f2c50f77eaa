import PatchbayCore
import Testing

/// Every way to take a batch apart or to put batches together keeps each event with its delivery.
struct TrackedBatchPartsTests {
  private let emission = Emission()

  /// Events 0 to 5, as they travel: of one emission, of several, or of parts put together again.
  private func batches() async throws -> [TrackedBatch] {
    let whole = try await emission.emit(0..<6)
    var joined = try await emission.emit(0..<2)
    joined.append(contentsOf: try await emission.emit(2..<3))
    joined.append(contentsOf: try await emission.emit(3..<6))
    let apart = try await emission.emit(0..<6)
    var together = apart.subset([0, 1])
    together.append(contentsOf: apart.extract([2, 3, 4]))
    together.append(contentsOf: apart.subset([5]))
    return [whole, joined, together]
  }

  @Test(arguments: [[], [0], [5], [1, 2, 3], [0, 1, 2, 3, 4, 5], [4, 2, 0], [0, 2, 3], [3, 2]])
  func `a part is settled, and the rest with the whole`(positions: [Int]) async throws {
    for batch in try await batches() {
      let before = emission.ledger.counts
      for part in [batch.subset(positions), batch.extract(positions)] {
        #expect(part.batch.sequences == positions.map { "s-\($0)" })
        #expect(part.recordCount == 0)
        part.settle(as: .failed)
      }
      #expect(emission.ledger.counts.failed - before.failed == positions.count)
      batch.settle(as: .delivered)
      #expect(emission.ledger.counts.delivered - before.delivered == 6 - positions.count)
    }
    #expect(emission.ledger.counts.isBalanced)
  }

  @Test func `every position has a delivery of its own`() async throws {
    for batch in try await batches() {
      for index in 0..<6 {
        let before = emission.ledger.counts.settled
        batch.subset([index]).settle(as: .delivered)
        batch.extract([index]).settle(as: .delivered)
        #expect(emission.ledger.counts.settled == before + 1)
      }
    }
  }

  @Test func `parts of parts are settled as well`() async throws {
    for batch in try await batches() {
      let before = emission.ledger.counts
      batch.subset([1, 2, 3, 4]).extract([1, 2]).subset([1]).settle(as: .rejected)
      #expect(emission.ledger.counts.rejected - before.rejected == 1)
      batch.subset([3]).settle(as: .delivered)
      #expect(emission.ledger.counts.delivered == before.delivered)
      batch.settle(as: .delivered)
    }
    #expect(emission.ledger.counts.isBalanced)
  }

  @Test func `an empty batch takes over the other with its deliveries`() async throws {
    var batch = TrackedBatch(records: EventBatch(symbols: emission.symbols))
    batch.append(contentsOf: try await emission.emit(0..<3))
    #expect(batch.recordCount == 0)
    batch.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "3 = 3 + 0 + 0 + 0")
  }

  @Test func `records and events can travel together`() async throws {
    var batch = try await emission.emit(0..<2)
    batch.append(contentsOf: try await emission.emit(2..<4).asRecords)
    batch.append(contentsOf: try await emission.emit(4..<5))
    #expect(batch.recordCount == 2)
    #expect(batch.subset([1, 2, 3]).recordCount == 2)
    #expect(batch.asRecords.recordCount == 5)
    batch.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "5 = 3 + 0 + 0 + 0")
  }
}
