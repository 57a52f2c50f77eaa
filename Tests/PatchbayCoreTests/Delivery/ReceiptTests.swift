import PatchbayCore
import Synchronization
import Testing

/// A receipt tells what became of the events that it is about, once, when all of it is known.
struct ReceiptTests {
  /// What receipts have told.
  private final class Answers: Sendable {
    private let all = Mutex<[[Settlement]]>([])

    var list: [[Settlement]] { all.withLock { $0 } }
    func add(_ settlements: [Settlement]) { all.withLock { $0.append(settlements) } }
  }

  private let emission = Emission()
  private let answers = Answers()

  @Test func `it comes when the last event is settled, in the order of the events`() async throws {
    let (batch, receipt) = try await emission.withReceipt(0..<3)
    receipt.whenSettled(answers.add)
    #expect(receipt.count == 3)
    batch.subset([2]).settle(as: .rejected)
    batch.subset([0]).settle(as: .delivered)
    #expect(answers.list == [])
    batch.subset([1]).settle(as: .failed)
    #expect(answers.list == [[.delivered, .failed, .rejected]])
  }

  @Test func `of several branches it tells the worst, after the last`() async throws {
    let (batch, receipt) = try await emission.withReceipt(0..<2)
    receipt.whenSettled(answers.add)
    batch.branch(extraCopies: 1)
    batch.subset([0]).settle(as: .failed)
    batch.settle(as: .delivered)
    #expect(answers.list == [])
    batch.subset([1]).settle(as: .delivered)
    #expect(answers.list == [[.failed, .delivered]])
  }

  @Test func `what is known is told at once, to everybody who asks, once`() async throws {
    let (batch, receipt) = try await emission.withReceipt(0..<1)
    receipt.whenSettled(answers.add)
    receipt.whenSettled(answers.add)
    batch.settle(as: .abandoned)
    #expect(answers.list == [[.abandoned], [.abandoned]])
    receipt.whenSettled(answers.add)
    batch.settle(as: .delivered)
    #expect(answers.list == [[.abandoned], [.abandoned], [.abandoned]])
  }

  @Test func `no events are settled`() async throws {
    let destination = RecordingDestination()
    let outlet = destination.makeOutlet(batchSize: 3)
    let receipt = try await outlet.emit(outlet.makeBatch())
    #expect(receipt.count == 0)
    #expect(try await receipt.settlements() == [])
  }

  @Test func `of events that gather each has a receipt of its own`() async throws {
    let destination = RecordingDestination()
    let outlet = destination.makeOutlet(batchSize: 3)
    for number in 0..<3 {
      try await outlet.emit(SampleEvents.fields(number)).whenSettled(answers.add)
    }
    let batch = try #require(destination.tracked.first)
    batch.subset([1]).settle(as: .rejected)
    #expect(answers.list == [[.rejected]])
    batch.settle(as: .delivered)
    #expect(answers.list == [[.rejected], [.delivered], [.delivered]])
  }

  @Test func `to wait for it sends what has gathered`() async throws {
    let destination = RecordingDestination()
    destination.settle(as: .delivered)
    let outlet = destination.makeOutlet(batchSize: 100)
    try await outlet.emit(SampleEvents.fields(0))
    let receipt = try await outlet.emit(SampleEvents.fields(1))
    #expect(destination.log == [])
    #expect(try await receipt.settlements() == [.delivered])
    #expect(destination.log == ["main s-0 s-1"])
  }

  @Test func `a million events travel in parts, and their receipt is about all of them`()
    async throws
  {
    let symbols = SymbolTable()
    let parts = Mutex<[Int]>([])
    let outlet = SourceOutlet(
      symbols: symbols, clock: RealClock(), batchSize: 256,
      destination: .init(
        ledger: emission.ledger,
        main: { batch in
          let number = parts.withLock { parts in
            parts.append(batch.count)
            return parts.count
          }
          batch.settle(as: number == 2 ? .failed : .delivered)
        }, rejected: { _ in }))
    var batch = SampleEvents.batch(0..<1, symbols: symbols)
    for _ in 1..<1_000_000 { batch.append(batch[0]) }
    let receipt = try await outlet.emit(batch)
    #expect(parts.withLock { $0 } == Array(repeating: 256, count: 3_906) + [64])
    let settlements = try await receipt.settlements()
    #expect(settlements.count == 1_000_000)
    #expect(settlements[256..<512].allSatisfy { $0 == .failed })
    #expect(settlements.count { $0 == .delivered } == 1_000_000 - 256)
    #expect(emission.ledger.counts.line == "1000000 = 999744 + 0 + 256 + 0")
  }
}
