import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A stop drains; a second one, or a drain that takes too long, says what was left behind.
struct ShutdownTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  @Test func `one interrupt stops the source and drains the rest`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let control = pipeline.control
    let sink = RecordingSink()
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        for number in 0..<500 { try await outlet.emit(.sample(number)) }
        control.interrupt()
        // For ever: only the interrupt ends it.
        try await outlet.wait(until: Timestamp(nanoseconds: .max))
        try await outlet.emit(.sample(500))
      })
    pipeline.add("inject", ClosureInjector.accepting(), inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["inject"])
    let report = try await pipeline.run(clock: RealClock())
    #expect(report.run.ending == .interrupted)
    #expect(report.events.isBalanced)
    #expect(report.events.abandoned == 0)
    #expect(report.events.delivered == 500)
    #expect(sink.record.entries.count == 500)
    #expect(report.exitCode == .interrupted)
  }

  @Test func `a deadline on the run's clock stops the source`() async throws {
    var pipeline = TestPipeline(
      directory: folder, options: ["clock": "virtual", "deadline": "10s"])
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        for number in 0..<1_000 {
          try await outlet.emit(.sample(number))
          try await outlet.wait(until: Timestamp(nanoseconds: Int64(number + 1) * 1_000_000_000))
        }
      })
    pipeline.add("sink", RecordingSink(), inputs: ["source"])
    let report = try await pipeline.run(clock: clock)
    #expect(report.run.ending == .deadline)
    #expect((10...11).contains(report.events.emitted))
    #expect(report.events.delivered == report.events.emitted)
  }

  @Test func `a stage that doesn't end in time is named, and its events are abandoned`()
    async throws
  {
    var pipeline = TestPipeline(
      directory: folder, options: ["clock": "real", "drain": "50ms"])
    let control = pipeline.control
    pipeline.add("source", ScriptedSource.inBatches(20))
    pipeline.add(
      "inject",
      ClosureInjector(InjectorCapacity(calls: 1, eventsPerCall: 1)) { batch, clock in
        control.interrupt()
        // Until the end of the drain cancels it.
        try? await clock.sleep(for: .seconds(3_600))
        batch.judge(0, Outcome(.unknown, attempts: 1), code: "cancelled", reason: "cancelled")
      }, inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["inject"])
    let report = try await pipeline.run(clock: RealClock())
    #expect(report.events.isBalanced)
    #expect(report.events.line == "20 = 0 + 0 + 1 + 19")
    #expect(report.leftovers.count == 1)
    #expect(
      report.leftovers.first?.hasPrefix("injectors.inject held 19 events when the drain ended; ")
        == true)
    #expect(report.failures == [])
    #expect(report.exitCode == .interrupted)
  }
}
