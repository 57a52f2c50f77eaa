import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// An edge keeps order, bounds what waits, and ends when its senders have.
struct ChannelTests {
  private let symbols = SymbolTable()

  private func batch(_ numbers: Range<Int>) -> EventBatch {
    var batch = EventBatch(symbols: symbols)
    for number in numbers { batch.append(.sample(number), intended: Timestamp(nanoseconds: 0)) }
    return batch
  }

  private func receive(_ channel: Channel) async -> [String] {
    var ids: [String] = []
    while case .batch(let batch) = await channel.next() {
      ids += batch.indices.map { batch.sequenceID(of: batch[$0]) }
    }
    return ids
  }

  @Test func `events arrive in the order they were sent`() async {
    let channel = Channel(clock: RealClock(), credits: 2, batchSize: 10, senders: 1)
    let ids = await withTaskGroup(of: [String].self) { group in
      group.addTask { await receive(channel) }
      for start in stride(from: 0, to: 1_000, by: 7) {
        await channel.send(batch(start..<min(start + 7, 1_000)))
      }
      channel.close()
      return await group.next() ?? []
    }
    #expect(ids == (0..<1_000).map { "test-\($0)" })
  }

  @Test func `a channel without credit takes nothing until the receiver has taken a batch`() async {
    let channel = Channel(clock: RealClock(), credits: 2, batchSize: 1, senders: 1)
    await channel.send(batch(0..<1))
    #expect(channel.hasCredit)
    await channel.send(batch(1..<2))
    #expect(!channel.hasCredit)
    _ = await channel.next()
    #expect(channel.hasCredit)
  }

  @Test func `small batches that wait are joined up to the batch size`() async {
    let channel = Channel(clock: RealClock(), credits: 8, batchSize: 4, senders: 1)
    for number in 0..<9 { channel.sendNow(batch(number..<number + 1)) }
    channel.close()
    var sizes: [Int] = []
    while case .batch(let batch) = await channel.next() { sizes.append(batch.count) }
    // The first to wait is left alone: the receiver may be about to take it.
    #expect(sizes == [1, 4, 4])
  }

  @Test func `the receiver ends only after every sender has closed`() async {
    let channel = Channel(clock: RealClock(), senders: 2)
    channel.close()
    await channel.send(batch(0..<3))
    channel.close()
    #expect(await receive(channel) == ["test-0", "test-1", "test-2"])
  }

  @Test func `a wake reaches a receiver that waits and one that doesn't`() async {
    let channel = Channel(clock: RealClock(), senders: 1)
    channel.wake()
    guard case .wake = await channel.next() else {
      Issue.record("expected a wake")
      return
    }
  }

  @Test func `an abort frees a sender that waits, and what waited is abandoned`() async {
    let ledger = DeliveryLedger()
    let channel = Channel(clock: RealClock(), credits: 1, batchSize: 1, senders: 1)
    var first = batch(0..<1)
    first.assign(DeliveryTicket(count: 1, ledger: ledger))
    var second = batch(1..<2)
    second.assign(DeliveryTicket(count: 1, ledger: ledger))
    await channel.send(first)
    await withTaskGroup(of: Void.self) { group in
      let late = second
      group.addTask { await channel.send(late) }
      channel.abort()
    }
    #expect(ledger.counts.abandoned == 2)
    #expect(ledger.counts.isBalanced)
    guard case .end = await channel.next() else {
      Issue.record("expected the end")
      return
    }
  }

  @Test func `a sender that waits for credit doesn't stop virtual time`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let channel = Channel(clock: clock, credits: 1, batchSize: 1, senders: 1)
    clock.hold()
    clock.hold()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<5 { await channel.send(batch(number..<number + 1)) }
        channel.close()
        clock.release()
      }
      group.addTask {
        while case .batch = await channel.next() {
          try? await clock.sleep(for: .seconds(1))
        }
        clock.release()
      }
    }
    #expect(clock.now == Timestamp(nanoseconds: 5_000_000_000))
  }
}
