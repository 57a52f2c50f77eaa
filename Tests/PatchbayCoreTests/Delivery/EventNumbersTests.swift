import PatchbayCore
import Testing

/// Events keep the numbers by which a journal knows them, however batches are taken apart and joined.
struct EventNumbersTests {
  private let ledger = DeliveryLedger()
  private let symbols = SymbolTable()

  private func batch(_ count: Int, from first: Int?) -> TrackedBatch {
    var batch = EventBatch(symbols: symbols)
    for number in 0..<count {
      batch.append(SampleEvents.fields(number), intended: SampleEvents.time)
    }
    let ticket = DeliveryTicket(ledger: ledger)
    var tracked = TrackedBatch(batch, ticket, ticket.add(count))
    if let first { tracked.number(from: first) }
    return tracked
  }

  private func numbers(_ batch: TrackedBatch) -> [Int?] {
    (0..<batch.count).map { batch.number(at: $0) }
  }

  @Test func `parts and joined batches keep them`() {
    let whole = batch(5, from: 10)
    #expect(numbers(whole) == [10, 11, 12, 13, 14])
    #expect(numbers(whole.subset([1, 2])) == [11, 12])
    #expect(numbers(whole.extract([0, 3, 4])) == [10, 13, 14])
    #expect(numbers(whole.subset([0, 4]).subset([1])) == [14])
    #expect(numbers(whole.asRecords) == [10, 11, 12, 13, 14])
    var joined = whole
    joined.append(contentsOf: batch(2, from: 15))
    #expect(numbers(joined) == Array(10...16))
    joined.append(contentsOf: batch(1, from: 3))
    joined.append(contentsOf: batch(1, from: nil))
    #expect(numbers(joined) == Array(10...16) + [3, nil])
  }

  @Test func `without a journal there are none`() {
    var joined = batch(2, from: nil)
    joined.append(contentsOf: batch(1, from: nil))
    #expect(numbers(joined) == [nil, nil, nil])
    joined.append(contentsOf: batch(1, from: 7))
    #expect(numbers(joined) == [nil, nil, nil, 7])
  }
}
