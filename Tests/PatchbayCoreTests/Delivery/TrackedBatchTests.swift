import PatchbayCore
import Testing

/// What has to be settled stays with the runtime, whatever a stage does to the batch it is lent.
struct TrackedBatchTests {
  private let emission = Emission()

  @Test func `a stage changes the batch that it is lent, not its deliveries`() async throws {
    var tracked = try await emission.emit(0..<3)
    var lent = tracked.lend(stamp: 7)
    lent.judge(1, Outcome(.accepted, status: 202, attempts: 1))
    lent[2] = lent[0]
    #expect(tracked.takeBack(lent, stamp: 7) == nil)
    #expect(tracked.batch.sequences == ["s-0", "s-1", "s-0"])
    #expect(tracked.batch.outcome(at: 1).kind == .accepted)
    #expect(tracked.batch.stamp == 0)
    tracked.subset([2]).settle(as: .failed)
    tracked.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "3 = 2 + 0 + 1 + 0")
  }

  @Test func `a batch that is lent is changed in place`() async throws {
    var tracked = try await emission.emit(0..<3)
    var lent = tracked.lend(stamp: 1)
    let place = lent.events.withUnsafeBufferPointer { $0.baseAddress }
    lent[1].state = lent.symbol("idle")
    #expect(lent.events.withUnsafeBufferPointer { $0.baseAddress } == place)
    #expect(tracked.takeBack(lent, stamp: 1) == nil)
  }

  @Test func `the next stage doesn't see the marks of the last`() async throws {
    var tracked = try await emission.emit(0..<2)
    var lent = tracked.lend(stamp: 1)
    lent.reject(0, code: "x", reason: "y")
    #expect(tracked.takeBack(lent, stamp: 1) == nil)
    #expect(tracked.lend(stamp: 2).marks == [])
  }

  @Test(arguments: [0, 2, 3, 4])
  func `another batch in its place is known by its stamp, also one as long`(
    count: Int
  ) async throws {
    var tracked = try await emission.emit(0..<3)
    _ = tracked.lend(stamp: 1)
    let other = SampleEvents.batch(0..<count, symbols: emission.symbols)
    #expect(
      tracked.takeBack(other, stamp: 1) == "put another batch in the place of the one it was given")
    tracked.settle(as: .failed)
    #expect(emission.ledger.counts.line == "3 = 0 + 0 + 3 + 0")
  }

  @Test func `an old copy isn't the batch that was lent`() async throws {
    var tracked = try await emission.emit(0..<3)
    let old = tracked.lend(stamp: 1)
    #expect(tracked.takeBack(old, stamp: 1) == nil)
    _ = tracked.lend(stamp: 2)
    #expect(
      tracked.takeBack(old, stamp: 2) == "put another batch in the place of the one it was given")
    tracked.settle(as: .failed)
    #expect(emission.ledger.counts.line == "3 = 0 + 0 + 3 + 0")
  }

  @Test func `an added event is found`() async throws {
    var tracked = try await emission.emit(0..<3)
    var lent = tracked.lend(stamp: 1)
    lent.append(SampleEvents.fields(9), intended: SampleEvents.time)
    #expect(tracked.takeBack(lent, stamp: 1) == "added events to the batch it was given")
    tracked.settle(as: .failed)
    #expect(emission.ledger.counts.line == "3 = 0 + 0 + 3 + 0")
  }

  @Test func `how many events there are is known while they are lent, and when they are lost`()
    async throws
  {
    var tracked = TrackedBatch(records: SampleEvents.batch(0..<2, symbols: emission.symbols))
    tracked.append(contentsOf: try await emission.emit(2..<5))
    _ = tracked.lend(stamp: 1)
    #expect(tracked.count == 5 && tracked.recordCount == 2 && !tracked.isEmpty)
    #expect(tracked.takeBack(EventBatch(symbols: emission.symbols), stamp: 1) != nil)
    #expect(tracked.count == 5 && tracked.recordCount == 2 && !tracked.isEmpty)

    var records = TrackedBatch(records: SampleEvents.batch(0..<2, symbols: emission.symbols))
    _ = records.lend(stamp: 2)
    #expect(records.count == 2 && records.recordCount == 2)
  }

  @Test func `the runtime's own changes leave the deliveries alone`() async throws {
    var tracked = try await emission.emit(0..<2)
    tracked.withBatch { $0.markValidated() }
    #expect(tracked.batch.indices.allSatisfy { tracked.batch[$0].isValidated })
    tracked.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "2 = 2 + 0 + 0 + 0")
  }
}
