import PatchbayCore
import Testing

struct MergedDeliveryTests {
  private let symbols = SymbolTable()

  private func ticketed(_ numbers: Range<Int>, _ ledger: DeliveryLedger) -> EventBatch {
    var batch = SampleEvents.batch(numbers, symbols: symbols)
    batch.assign(DeliveryTicket(count: batch.count, ledger: ledger))
    return batch
  }

  @Test func `each event of a merged batch settles in its own ticket`() {
    let (one, other) = (DeliveryLedger(), DeliveryLedger())
    var merged = ticketed(0..<3, one)
    merged.append(contentsOf: ticketed(3..<5, other))
    merged.append(contentsOf: SampleEvents.batch(5..<7, symbols: symbols))
    #expect(merged.tickets.count == 2)
    #expect(merged.recordCount == 2)

    let parts = merged.subset([6, 4, 1])
    parts.settle(as: .failed)
    #expect(one.counts.line == "3 = 0 + 0 + 1 + 0")
    #expect(other.counts.line == "2 = 0 + 0 + 1 + 0")

    merged.settle(as: .delivered)
    #expect(one.counts.line == "3 = 2 + 0 + 1 + 0")
    #expect(other.counts.line == "2 = 1 + 0 + 1 + 0")
  }

  @Test func `records in front don't shift the tickets`() {
    let ledger = DeliveryLedger()
    var merged = SampleEvents.batch(0..<2, symbols: symbols)
    merged.append(contentsOf: ticketed(2..<4, ledger))
    #expect(merged.recordCount == 2)
    merged.subset([0, 1, 3]).settle(as: .rejected)
    #expect(ledger.counts.line == "2 = 0 + 1 + 0 + 0")
  }

  @Test func `parts of one batch share its ticket when merged again`() {
    let ledger = DeliveryLedger()
    let batch = ticketed(0..<4, ledger)
    var merged = batch.subset([3, 1])
    merged.append(contentsOf: batch.subset([0, 2]))
    #expect(merged.tickets.count == 1)
    #expect(merged.sequences == ["s-3", "s-1", "s-0", "s-2"])
    merged.subset([0]).settle(as: .failed)
    merged.settle(as: .delivered)
    #expect(ledger.counts.line == "4 = 3 + 0 + 1 + 0")
  }

  @Test func `a merged batch branches in all its tickets`() {
    let (one, other) = (DeliveryLedger(), DeliveryLedger())
    var merged = ticketed(0..<2, one)
    merged.append(contentsOf: ticketed(2..<3, other))
    merged.branch(extraCopies: 1)
    merged.settle(as: .delivered)
    #expect(one.counts.settled + other.counts.settled == 0)
    merged.settle(as: .rejected)
    #expect(one.counts.line == "2 = 0 + 2 + 0 + 0")
    #expect(other.counts.line == "1 = 0 + 1 + 0 + 0")
  }

  @Test func `random ways through merges and branches are accounted for`() {
    var random = KeyedRandom(seed: 1, purpose: "ways")
    let ledger = DeliveryLedger()
    var waiting = (0..<40).map { ticketed($0 * 10..<$0 * 10 + 10, ledger) }
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
    #expect(ledger.counts.emitted == 400)
    #expect(ledger.counts.isBalanced)
  }
}
