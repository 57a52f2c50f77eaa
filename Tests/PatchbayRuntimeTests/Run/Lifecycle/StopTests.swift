import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A graceful stop ends any source that lets the outlet's error through, and a run is run once.
struct StopTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  @Test(arguments: ["virtual", "real"])
  func `a source that only emits ends at once`(clock: String) async throws {
    try await expectEnd(clock) { outlet in
      var number = 0
      while true {
        try await outlet.emit(.sample(number))
        number += 1
      }
    }
  }

  @Test(arguments: ["virtual", "real"])
  func `a source that is behind its schedule ends at once`(clock: String) async throws {
    try await expectEnd(clock) { outlet in
      var number = 0
      while true {
        try await outlet.wait(until: Timestamp(nanoseconds: 0))
        try await outlet.emit(.sample(number))
        number += 1
      }
    }
  }

  @Test func `a source that emits batches ends at once`() async throws {
    try await expectEnd("real") { outlet in
      while true { try await outlet.emitTogether(0..<256) }
    }
  }

  @Test func `a source that only turns records away ends at once`() async throws {
    var pipeline = TestPipeline(directory: folder, options: ["clock": "real", "drain": "1h"])
    let control = pipeline.control
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        while true { try await outlet.reject(.sample(0), code: "x", reason: "y") }
      })
    pipeline.add("good", RecordingSink(), inputs: ["source"])
    pipeline.add(
      "bad",
      RecordingSink { _, _ in
        control.stop()
        return .all
      }, inputs: ["source.rejected"])
    let report = try await pipeline.run()
    #expect(report.run.ending == .stopped)
    #expect(report.events.isBalanced && report.events.rejected == report.events.emitted)
    #expect(report.exitCode == .success)
  }

  private func expectEnd(
    _ clock: String, _ script: @escaping @Sendable (SourceOutlet) async throws -> Void
  ) async throws {
    var pipeline = TestPipeline(
      directory: folder, options: ["clock": .string(clock), "drain": "1h"])
    let control = pipeline.control
    pipeline.add("source", ScriptedSource(script))
    pipeline.add(
      "sink",
      RecordingSink { _, write in
        if write == 3 { control.stop() }
        return .all
      }, inputs: ["source"])
    let report = try await pipeline.run()
    #expect(report.run.ending == .stopped)
    #expect(report.events.isBalanced && report.events.delivered == report.events.emitted)
    #expect(report.events.delivered > 0)
    #expect(report.leftovers == [] && report.failures == [])
    #expect(report.exitCode == .success)
  }

  @Test func `a second run of a run does nothing and says so`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink()
    pipeline.add("source", ScriptedSource(count: 3))
    pipeline.add("sink", sink, inputs: ["source"])
    let run = try pipeline.makeRun()
    let first = await run.run()
    #expect(first.failures == [] && first.exitCode == .success)
    let second = await run.run()
    #expect(second.failures == ["run: it was run before; make another one"])
    #expect(second.exitCode == .failure)
    #expect(second.events.delivered == 3)
    #expect(sink.record.ids.count == 3)
  }

  @Test func `cancelling the task that runs it ends it at once`() throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource.inBatches(6))
    pipeline.add("hold", HoldingCorrelator(delay: .seconds(60)), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["hold"])
    let stepped = try SteppedRun(pipeline, clock: ManualClock())
    stepped.cancel()
    stepped.drain()
    let report = try #require(stepped.report)
    #expect(report.run.ending == .interrupted)
    #expect(report.events.line == "6 = 0 + 0 + 0 + 6")
    #expect(report.exitCode == .interrupted)
  }
}
