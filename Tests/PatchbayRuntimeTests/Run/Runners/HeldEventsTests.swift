import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// What a correlator holds is given out by its keys, and takes no more room than it needs.
struct HeldEventsTests {
  private let emission = Emission()

  @Test func `events come out by their key, in the order in which they were held`() async throws {
    let batch = try await emission.emit(0..<6)
    var held = HeldEvents()
    for index in [4, 1, 5, 0] { held.hold(index, of: batch, under: HoldKey(UInt64(index % 2))) }
    #expect(held.count == 4 && !held.isEmpty)
    let (even, none) = (held.release(HoldKey(0)), held.release(HoldKey(0)))
    #expect(even?.numbers == [4, 0])
    #expect(none?.numbers == nil)
    #expect(held.count == 2)
    let rest = held.releaseAll()
    #expect(rest.map(\.numbers) == [[1, 5]])
    #expect(held.count == 0 && held.isEmpty)
  }

  @Test func `an event that is held keeps its delivery`() async throws {
    let batch = try await emission.emit(0..<3)
    var held = HeldEvents()
    held.hold(1, of: batch, under: HoldKey(7))
    held.release(HoldKey(7))?.settle(as: .failed)
    batch.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "3 = 2 + 0 + 1 + 0")
  }

  @Test func `one event of a large batch doesn't keep the others' texts`() async throws {
    let note = String(repeating: "x", count: 4_096)
    let batch = try await emission.emit(
      (0..<256).map { number in
        var fields = EventFields.sample(number)
        fields.attributes = #"{"note":"\#(note)"}"#
        return fields
      })
    #expect(batch.batch.arena.count > 1_000_000)
    var held = HeldEvents()
    held.hold(200, of: batch, under: HoldKey(1))
    let released = held.release(HoldKey(1))
    let one = try #require(released).batch
    #expect(one.fields(of: one[0]) == batch.batch.fields(of: batch.batch[200]))
    #expect(one.arena.count < 5_000)
  }

  @Test func `a key may gather the events of very many emissions`() async throws {
    var held = HeldEvents()
    for number in 0..<66_000 {
      held.hold(0, of: try await emission.emit(number..<number + 1), under: HoldKey(1))
    }
    #expect(held.count == 66_000)
    held.release(HoldKey(1))?.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "66000 = 66000 + 0 + 0 + 0")
  }

  @Test func `what a correlator holds beyond what it says goes on, and the run fails in its name`()
    async throws
  {
    var pipeline = TestPipeline(directory: try TemporaryFolder.make())
    let sink = RecordingSink()
    pipeline.add("source", ScriptedSource.inBatches(10))
    pipeline.add(
      "hold", HoldingCorrelator(delay: .seconds(5), mostHeld: 6), inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["hold"])
    let report = try await pipeline.run()
    #expect(
      sink.record.ids == ["test-6", "test-7", "test-8", "test-9", "test-0", "test-2", "test-4"])
    #expect(report.events.line == "10 = 10 + 0 + 0 + 0")
    #expect(
      report.failures == [
        "correlators.hold: holds more than its 6 events at once, so those that came on top went "
          + "on; that is a bug in it"
      ])
  }
}
