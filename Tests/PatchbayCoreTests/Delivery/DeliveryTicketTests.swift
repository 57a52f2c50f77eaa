import PatchbayCore
import Testing

struct DeliveryTicketTests {
  private let emission = Emission()
  private var ledger: DeliveryLedger { emission.ledger }

  private func ticketed(_ count: Int) async throws -> TrackedBatch {
    try await emission.emit(0..<count)
  }

  @Test func `a ticket counts its events as emitted`() async throws {
    _ = try await ticketed(3)
    #expect(ledger.counts.line == "3 = 0 + 0 + 0 + 0")
    #expect(!ledger.counts.isBalanced)
  }

  @Test(arguments: [
    (Settlement.delivered, "3 = 3 + 0 + 0 + 0"), (.rejected, "3 = 0 + 3 + 0 + 0"),
    (.failed, "3 = 0 + 0 + 3 + 0"), (.abandoned, "3 = 0 + 0 + 0 + 3"),
  ])
  func `a single copy settles its event`(settlement: Settlement, counts: String) async throws {
    try await ticketed(3).settle(as: settlement)
    #expect(ledger.counts.line == counts)
    #expect(ledger.counts.isBalanced)
  }

  @Test func `parts of a batch are settled apart`() async throws {
    let batch = try await ticketed(5)
    batch.subset([4, 0]).settle(as: .delivered)
    #expect(ledger.counts.line == "5 = 2 + 0 + 0 + 0")
    batch.subset([1]).settle(as: .rejected)
    batch.subset([2, 3]).settle(as: .failed)
    #expect(ledger.counts.line == "5 = 2 + 1 + 2 + 0")
  }

  @Test func `a branched event is settled by its last copy`() async throws {
    let batch = try await ticketed(2)
    batch.branch(extraCopies: 2)
    batch.settle(as: .delivered)
    batch.settle(as: .delivered)
    #expect(ledger.counts.line == "2 = 0 + 0 + 0 + 0")
    batch.settle(as: .delivered)
    #expect(ledger.counts.line == "2 = 2 + 0 + 0 + 0")
  }

  @Test(arguments: [
    ([Settlement.delivered, .delivered, .delivered], Settlement.delivered),
    ([.rejected, .delivered, .delivered], .rejected),
    ([.delivered, .failed, .rejected], .failed), ([.delivered, .abandoned, .failed], .abandoned),
    ([.delivered, .delivered, .rejected], .rejected),
  ])
  func `of several branches the worst counts`(settlements: [Settlement], worst: Settlement)
    async throws
  {
    let batch = try await ticketed(1)
    batch.branch(extraCopies: settlements.count - 1)
    for settlement in settlements { batch.settle(as: settlement) }
    var expected = SettlementCounts()
    expected.emitted = 1
    expected.add(worst)
    #expect(ledger.counts == expected)
  }

  @Test func `each event has a worst of its own`() async throws {
    let batch = try await ticketed(3)
    batch.branch(extraCopies: 1)
    batch.subset([0]).settle(as: .failed)
    batch.subset([1, 2]).settle(as: .delivered)
    batch.subset([0, 1]).settle(as: .delivered)
    batch.subset([2]).settle(as: .rejected)
    #expect(ledger.counts.line == "3 = 1 + 1 + 1 + 0")
  }

  @Test func `a branch of a part concerns that part`() async throws {
    let batch = try await ticketed(3)
    batch.subset([1]).branch(extraCopies: 1)
    batch.settle(as: .delivered)
    #expect(ledger.counts.line == "3 = 2 + 0 + 0 + 0")
    batch.subset([1]).settle(as: .failed)
    #expect(ledger.counts.line == "3 = 2 + 0 + 1 + 0")
  }

  @Test(arguments: [0, -1])
  func `one way is no branch`(extraCopies: Int) async throws {
    let batch = try await ticketed(2)
    batch.branch(extraCopies: extraCopies)
    batch.settle(as: .delivered)
    #expect(ledger.counts.line == "2 = 2 + 0 + 0 + 0")
  }

  @Test func `settling twice has no effect`() async throws {
    let batch = try await ticketed(2)
    batch.settle(as: .delivered)
    batch.settle(as: .failed)
    batch.subset([0]).settle(as: .abandoned)
    #expect(ledger.counts.line == "2 = 2 + 0 + 0 + 0")
  }

  @Test func `mere records settle nothing`() async throws {
    let records = TrackedBatch(records: SampleEvents.batch(0..<2, symbols: emission.symbols))
    #expect(records.recordCount == 2)
    records.branch(extraCopies: 1)
    records.settle(as: .failed)
    #expect(ledger.counts.line == "0 = 0 + 0 + 0 + 0")

    let batch = try await ticketed(2)
    #expect(batch.recordCount == 0)
    #expect(batch.asRecords.recordCount == 2)
    batch.asRecords.settle(as: .failed)
    batch.settle(as: .delivered)
    #expect(ledger.counts.line == "2 = 2 + 0 + 0 + 0")
    #expect(batch.asRecords.batch.lines == batch.batch.lines)
  }

  @Test func `no event is no settlement`() async throws {
    try await ticketed(2).subset([]).settle(as: .failed)
    #expect(ledger.counts.line == "2 = 0 + 0 + 0 + 0")
  }
}
