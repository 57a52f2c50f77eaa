import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Held events come back at their deadline, and none is lost.
struct CorrelatorTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  @Test func `held events are released in virtual time, also after the input ended`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink()
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        for number in 0..<10 {
          try await outlet.emit(.sample(number))
          try await outlet.wait(until: Timestamp(nanoseconds: Int64(number + 1) * 1_000_000_000))
        }
      })
    pipeline.add("hold", HoldingCorrelator(delay: .seconds(5)), inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["hold"])
    let report = try await pipeline.run(clock: clock)
    #expect(sink.record.ids == ["test-0", "test-2", "test-4", "test-6", "test-8"])
    #expect(report.events.delivered == 10)
    #expect(clock.now == Timestamp(nanoseconds: 14_000_000_000))
  }

  @Test func `events that a correlator forgets are abandoned in its name`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: 4))
    pipeline.add("hold", HoldingCorrelator(delay: .seconds(1), forgets: true), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["hold"])
    let report = try await pipeline.run()
    #expect(report.events.abandoned == 4)
    #expect(report.events.isBalanced)
    #expect(report.failures == ["correlators.hold: still held 4 events when the run ended"])
  }
}
