import CoreMetrics
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A run can be watched while it goes on, from anywhere.
struct ProgressTests {
  /// Where stages and metrics find the run that they are in.
  private final class Place: Sendable {
    let run = Mutex<PipelineRun?>(nil)

    var progress: RunProgress? { run.withLock { $0 }?.progress }
  }

  /// Finds how many events it has seen.
  private struct CountingCorrelator: Correlator {
    static let type = "counting"
    static let doc = "Counts events."
    static let metrics = [MetricDeclaration("seen", doc: "Events it has seen.")]
    private var seen = 0

    init(_ options: NoOptions) {}
    init() {}

    mutating func observe(
      _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
    ) -> Observation {
      seen += 1
      return .pass
    }

    func findings() -> Findings {
      var findings = Findings()
      findings["seen"] = Double(seen)
      return findings
    }
  }

  /// A metrics backend that asks for the progress with every number that it is told.
  private struct CuriousMetrics: MetricsFactory {
    final class Handler: CounterHandler, RecorderHandler, TimerHandler, Sendable {
      let ask: @Sendable () -> Void

      init(_ ask: @escaping @Sendable () -> Void) { self.ask = ask }
      func increment(by amount: Int64) { ask() }
      func reset() {}
      func record(_ value: Int64) { ask() }
      func record(_ value: Double) { ask() }
      func recordNanoseconds(_ duration: Int64) { ask() }
    }

    let ask: @Sendable () -> Void

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
      Handler(ask)
    }
    func makeRecorder(
      label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { Handler(ask) }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
      Handler(ask)
    }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
  }

  private let place = Place()

  @Test(.timeLimit(.minutes(1)))
  func `metrics may ask for the progress of the run that tells them`() async throws {
    var pipeline = TestPipeline(directory: try TemporaryFolder.make())
    pipeline.add("source", ScriptedSource.inBatches(600))
    pipeline.add("thirds", ThirdsValidator(), inputs: ["source"])
    pipeline.add("inject", ClosureInjector.accepting(), inputs: ["thirds"])
    pipeline.add("sink", RecordingSink(), inputs: ["inject"])
    let asked = Atomic(0)
    let run = try pipeline.makeRun { [place] environment in
      environment.metrics = CuriousMetrics {
        if place.progress != nil { asked.add(1, ordering: .relaxed) }
      }
    }
    place.run.withLock { $0 = run }
    let report = await run.run()
    place.run.withLock { $0 = nil }
    #expect(report.events.line == "600 = 400 + 200 + 0 + 0")
    #expect(asked.load(ordering: .relaxed) > 800)
  }

  @Test func `what a stage has found can be seen while it runs`() async throws {
    var pipeline = TestPipeline(
      directory: try TemporaryFolder.make(), options: ["clock": "real"])
    let seen = Mutex<[Double]>([])
    pipeline.add(
      "source",
      ScriptedSource { [place] outlet in
        // The findings may be half a second old.
        for number in 0..<3 {
          try await outlet.wait(until: RealClock().now.advanced(by: .milliseconds(600)))
          _ = try await outlet.emit(.sample(number)).settlements()
          let counts = place.progress?.stages.first { $0.name == "counting" }?.findings["seen"]
          seen.withLock { $0.append(counts ?? -1) }
        }
      })
    pipeline.add("counting", CountingCorrelator(), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["counting"])
    let run = try pipeline.makeRun()
    place.run.withLock { $0 = run }
    let report = await run.run()
    place.run.withLock { $0 = nil }
    let found = seen.withLock { $0 }
    // What it finds of an event is noted after the event has gone on.
    #expect(found[0] == -1)
    #expect(found[2] >= 2)
    #expect(report.stages.first { $0.name == "counting" }?.findings["seen"] == 3)
  }

  @Test func `channels tell how full they are while events move, and nothing before or after`()
    throws
  {
    var pipeline = TestPipeline(directory: try TemporaryFolder.make())
    let clock = ManualClock()
    pipeline.add("source", ScriptedSource.inBatches(4 * 256))
    pipeline.add(
      "sink",
      RecordingSink { _, _ in
        try await clock.sleep(for: .seconds(1))
        return .all
      }, inputs: ["source"])
    let run = try pipeline.makeRun { $0.clock = clock }
    #expect(run.progress.channels.isEmpty)
    let stepped = SteppedRun(run)
    let gauge = run.progress.channels["sink"]
    #expect(gauge?.batches == 3 && gauge?.events == 3 * 256 && gauge?.credits == 8)
    #expect(run.progress.events.line == "1024 = 0 + 0 + 0 + 0")
    for _ in 0..<4 {
      clock.advance(by: .seconds(1))
      stepped.drain()
    }
    #expect(stepped.report?.events.line == "1024 = 1024 + 0 + 0 + 0")
    #expect(run.progress.channels.isEmpty)
  }
}
