import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// When a drain has taken too long, what was sent is judged and recorded, and what wasn't is said to
/// be left behind.
struct DrainTests {
  private let folder: String
  private let clock = ManualClock()

  init() throws { folder = try TemporaryFolder.make() }

  /// Judges when it is cancelled: even events as unknown, odd ones as failed.
  private func hanging(calls: Int, attempts: UInt16 = 1) -> ClosureInjector {
    ClosureInjector(InjectorCapacity(calls: calls, eventsPerCall: 1)) { batch, clock in
      try? await clock.sleep(until: Timestamp(nanoseconds: .max))
      for index in batch.indices {
        let kind: Outcome.Kind =
          attempts > 0 && batch.numbers[index] % 2 == 0 ? .unknown : .failed
        batch.judge(
          index, Outcome(kind, attempts: attempts), code: "cancelled", reason: "no answer came")
      }
    }
  }

  /// Stops a run, waits until the drain is over, and gives its report.
  private func reportAfterCut(
    _ pipeline: TestPipeline, ending: RunSummary.Ending = .stopped
  ) throws -> RunReport {
    let stepped = try SteppedRun(pipeline, clock: clock)
    pipeline.control.request(.drain, ending: ending)
    stepped.drain()
    #expect(stepped.report == nil)
    pipeline.control.request(.cut)
    stepped.drain()
    if stepped.report == nil {
      pipeline.control.request(.abort)
      stepped.drain()
    }
    let report = try #require(stepped.report)
    #expect(report.events.isBalanced)
    let held = report.leftovers.compactMap { leftover in
      Int(leftover.split(separator: " held ").last?.split(separator: " ").first ?? "")
    }
    #expect(held.reduce(0, +) == report.events.abandoned)
    #expect(report.stages.map(\.abandoned).reduce(0, +) == report.events.abandoned)
    return report
  }

  @Test func `calls under way are judged and recorded, and what was never sent is left`() throws {
    var pipeline = TestPipeline(directory: folder)
    let (good, bad) = (RecordingSink(), RecordingSink())
    pipeline.add("source", ScriptedSource.inBatches(20, agents: 20))
    pipeline.add("inject", hanging(calls: 4), inputs: ["source"])
    pipeline.add(
      "pass", HoldingCorrelator(delay: .zero, passesAll: true), inputs: ["inject.failed"])
    pipeline.add("good", good, inputs: ["inject"])
    pipeline.add("bad", bad, inputs: ["pass"])
    let report = try reportAfterCut(pipeline)
    #expect(report.events.line == "20 = 0 + 0 + 4 + 16")
    #expect(report.injection?.attempted == 4 && report.injection?.unknown == 2)
    #expect(bad.record.ids.sorted() == ["test-0", "test-1", "test-2", "test-3"])
    #expect(bad.record.entries.map(\.reason) == Array(repeating: "no answer came", count: 4))
    #expect(good.record.ids == [])
    #expect(report.leftovers.count == 1)
    #expect(
      report.leftovers[0].hasPrefix(
        "injectors.inject held 16 events when the drain ended; it had last moved one "))
    #expect(report.failures == [])
    #expect(report.exitCode == .incomplete)
  }

  @Test func `a call that came back without having sent its events leaves them`() throws {
    var pipeline = TestPipeline(directory: folder)
    let bad = RecordingSink()
    pipeline.add("source", ScriptedSource.inBatches(8, agents: 8))
    pipeline.add("inject", hanging(calls: 2, attempts: 0), inputs: ["source"])
    pipeline.add("good", RecordingSink(), inputs: ["inject"])
    pipeline.add("bad", bad, inputs: ["inject.failed"])
    let report = try reportAfterCut(pipeline)
    #expect(report.events.line == "8 = 0 + 0 + 0 + 8")
    #expect(report.injection?.attempted == 0)
    #expect(bad.record.ids == [])
    #expect(report.exitCode == .incomplete)
  }

  @Test func `two signals do the same, with the signal's exit code`() throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource.inBatches(8, agents: 8))
    pipeline.add("inject", hanging(calls: 2), inputs: ["source"])
    pipeline.add("good", RecordingSink(), inputs: ["inject"])
    let report = try reportAfterCut(pipeline, ending: .interrupted)
    #expect(report.events.line == "8 = 0 + 0 + 2 + 6")
    #expect(report.exitCode == .interrupted)
  }

  @Test func `a write that is cancelled leaves its events, and is no failure`() throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource.inBatches(2 * 256 + 10))
    pipeline.add(
      "sink",
      RecordingSink { [clock] _, _ in
        try await clock.sleep(until: Timestamp(nanoseconds: .max))
        return .all
      }, inputs: ["source"])
    let report = try reportAfterCut(pipeline)
    #expect(report.events.line == "522 = 0 + 0 + 0 + 522")
    #expect(report.failures == [])
    #expect(report.exitCode == .incomplete)
  }

  @Test func `a validator that waits leaves what it was judging, in its own name`() throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource.inBatches(6))
    pipeline.add("waits", WaitingValidator(), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["waits"])
    let report = try reportAfterCut(pipeline)
    #expect(report.events.line == "6 = 0 + 0 + 0 + 6")
    #expect(report.stages.first { $0.name == "waits" }?.abandoned == 6)
    #expect(report.failures == [])
    #expect(report.exitCode == .incomplete)
  }

  @Test func `what a correlator holds is left in its name`() throws {
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink()
    pipeline.add("source", ScriptedSource.inBatches(6))
    pipeline.add("hold", HoldingCorrelator(delay: .seconds(60)), inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["hold"])
    let report = try reportAfterCut(pipeline)
    #expect(report.stages.first { $0.name == "hold" }?.abandoned == 6)
    #expect(report.failures == [])
    #expect(sink.record.ids == [])
    #expect(report.exitCode == .incomplete)
  }

  @Test func `what a source can't get rid of is left as well`() throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource.inBatches(20 * 256))
    pipeline.add("inject", hanging(calls: 1), inputs: ["source"])
    pipeline.add(
      "sink",
      RecordingSink { [clock] _, _ in
        try await clock.sleep(until: Timestamp(nanoseconds: .max))
        return .all
      }, inputs: ["inject", "source"])
    let stepped = try SteppedRun(pipeline, clock: clock)
    // It waits for room in front of the sink; the stop lets it end with what it has begun.
    pipeline.control.stop()
    stepped.drain()
    pipeline.control.request(.cut)
    stepped.drain()
    #expect(stepped.report == nil)
    pipeline.control.request(.abort)
    stepped.drain()
    let report = try #require(stepped.report)
    #expect(report.events.isBalanced)
    #expect(report.events.delivered == 0)
    #expect(report.failures == [])
  }

  @Test func `a program's stop that runs out of time ends with its own exit code`() async throws {
    var pipeline = TestPipeline(
      directory: folder, options: ["clock": "real", "drain": "50ms"])
    let control = pipeline.control
    pipeline.add("source", ScriptedSource.inBatches(5))
    pipeline.add(
      "sink",
      RecordingSink { _, _ in
        control.stop()
        try await RealClock().sleep(for: .seconds(3_600))
        return .all
      }, inputs: ["source"])
    let report = try await pipeline.run(clock: RealClock())
    #expect(report.run.ending == .stopped)
    #expect(report.events.line == "5 = 0 + 0 + 0 + 5")
    #expect(report.failures == [])
    #expect(report.exitCode == .incomplete)
  }
}
