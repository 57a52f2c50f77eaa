import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Every emitted event is settled once, by the worst that happened to it.
struct SettlementTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  @Test func `what sinks take is delivered`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink()
    pipeline.add("source", ScriptedSource(count: 1_000))
    pipeline.add("sink", sink, inputs: ["source"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 1_000)
    #expect(report.events.isBalanced)
    #expect(report.exitCode == .success)
    #expect(sink.record.ids == (0..<1_000).map { "test-\($0)" })
  }

  @Test func `rejected events are settled at the port and kept as records`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let (good, bad) = (RecordingSink(), RecordingSink())
    pipeline.add("source", ScriptedSource(count: 300))
    pipeline.add("thirds", ThirdsValidator(), inputs: ["source"])
    pipeline.add("good", good, inputs: ["thirds"])
    pipeline.add("bad", bad, inputs: ["thirds.rejected"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 200)
    #expect(report.events.rejected == 100)
    #expect(report.events.isBalanced)
    #expect(bad.record.entries.count == 100)
    #expect(bad.record.entries.allSatisfy { $0.outcome.kind == .rejected && !$0.isValidated })
    #expect(bad.record.entries.first?.reason == "divisible by three")
    #expect(good.record.entries.allSatisfy { $0.isValidated })
  }

  @Test func `an unconnected port is named in the summary`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: 30))
    pipeline.add("thirds", ThirdsValidator(), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["thirds"])
    let report = try await pipeline.run()
    #expect(
      report.notices == ["thirds.rejected: 10 events left here and nothing is connected to it"])
    #expect(report.exitCode == .success)
  }

  @Test func `of two branches the worse one counts`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: 90))
    pipeline.add("thirds", ThirdsValidator(), inputs: ["source"])
    pipeline.add("all", RecordingSink(), inputs: ["source"])
    pipeline.add("some", RecordingSink(), inputs: ["thirds"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 60)
    #expect(report.events.rejected == 30)
    #expect(report.events.isBalanced)
  }

  @Test func `a sink's refusals fail their events alone`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource.inBatches(10))
    pipeline.add(
      "sink", RecordingSink { batch, _ in WriteResult(refused: [.init(3, reason: "too odd")]) },
      inputs: ["source"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 9)
    #expect(report.events.failed == 1)
    #expect(report.failures == ["sinks.sink: could not write events: too odd"])
    #expect(report.exitCode == .failure)
  }

  @Test func `only what a sink didn't take is tried again`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink { batch, write in
      write == 1 ? WriteResult(undelivered: [1, 2]) : .all
    }
    pipeline.add("source", ScriptedSource.inBatches(5))
    pipeline.add("sink", sink, inputs: ["source"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 5)
    #expect(sink.record.ids == ["test-0", "test-3", "test-4", "test-1", "test-2"])
  }

  @Test func `a sink that keeps failing fails its events and the run, not the other sink`()
    async throws
  {
    var pipeline = TestPipeline(directory: folder)
    let good = RecordingSink()
    pipeline.add("source", ScriptedSource(count: 500))
    pipeline.add("good", good, inputs: ["source"])
    pipeline.add(
      "bad", RecordingSink { _, _ in throw PipelineError("the disk is full") }, inputs: ["source"])
    let report = try await pipeline.run()
    #expect(good.record.entries.count == 500)
    #expect(report.events.failed == 500)
    #expect(report.events.isBalanced)
    #expect(
      report.failures.first?.hasPrefix("sinks.bad: could not write events: the disk is full")
        == true)
  }

  @Test func `failed and unknown events leave by the failed port`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let (good, bad) = (RecordingSink(), RecordingSink())
    pipeline.add("source", ScriptedSource(count: 100))
    pipeline.add(
      "inject",
      ClosureInjector(InjectorCapacity(calls: 4, eventsPerCall: 1)) { batch, _ in
        for index in batch.indices {
          let number = Int(batch.sequenceID(of: batch[index]).dropFirst(5)) ?? 0
          let kind: Outcome.Kind =
            number % 10 == 0 ? .failed : number % 10 == 1 ? .unknown : .accepted
          batch.judge(index, Outcome(kind, status: 200, attempts: 1))
        }
      }, inputs: ["source"])
    pipeline.add("good", good, inputs: ["inject"])
    pipeline.add("bad", bad, inputs: ["inject.failed"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 80)
    #expect(report.events.failed == 20)
    #expect(report.injection?.accepted == 80)
    #expect(report.injection?.failed == 10)
    #expect(report.injection?.unknown == 10)
    #expect(bad.record.entries.count == 20)
  }

  @Test func `an injector that gives no verdict fails the run in its name`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: 3))
    pipeline.add(
      "inject", ClosureInjector(InjectorCapacity(calls: 1, eventsPerCall: 1)) { _, _ in },
      inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["inject"])
    let report = try await pipeline.run()
    #expect(report.events.failed == 3)
    #expect(report.events.isBalanced)
    #expect(
      report.failures == [
        "injectors.inject: left an event without a verdict; that is a bug in it (3 times)"
      ])
  }

  @Test func `an injector that drops its batch fails the run in its name`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: 2))
    pipeline.add(
      "inject",
      ClosureInjector(InjectorCapacity(calls: 1, eventsPerCall: 1)) { batch, _ in
        batch = EventBatch(symbols: batch.symbols)
      }, inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["inject"])
    let report = try await pipeline.run()
    #expect(report.events.failed == 2)
    #expect(report.events.isBalanced)
    #expect(
      report.failures == [
        "injectors.inject: put another batch in the place of the one it was given, "
          + "so 1 event is lost; that is a bug in it (2 times)"
      ])
    #expect(report.exitCode == .failure)
  }

  @Test func `bad records of a source count as emitted and rejected`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let bad = RecordingSink()
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        try await outlet.emit(.sample(0))
        try await outlet.reject(
          EventFields(sequenceID: "line-2"), code: "line.malformed", reason: "no JSON")
      })
    pipeline.add("good", RecordingSink(), inputs: ["source"])
    pipeline.add("bad", bad, inputs: ["source.rejected"])
    let report = try await pipeline.run()
    #expect(report.events.emitted == 2)
    #expect(report.events.rejected == 1)
    #expect(bad.record.entries.map(\.reason) == ["no JSON"])
  }

  @Test func `nothing emitted is a failure`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: 0))
    pipeline.add("sink", RecordingSink(), inputs: ["source"])
    #expect(try await pipeline.run().exitCode == .failure)
  }

  @Test func `a source that can't be read ends with its own code after the rest has drained`()
    async throws
  {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        try await outlet.emit(.sample(0))
        throw UnreadableInput("can't read events.jsonl: it went away")
      })
    pipeline.add("sink", RecordingSink(), inputs: ["source"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 1)
    #expect(report.failures == ["sources.source: can't read events.jsonl: it went away"])
    #expect(report.exitCode == .unreadableInput)
  }
}
