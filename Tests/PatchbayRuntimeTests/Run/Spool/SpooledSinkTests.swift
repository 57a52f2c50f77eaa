import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A sink with a spool stops nobody, and gets everything in the end.
struct SpooledSinkTests {
  private let folder: String
  private let target = SpoolTarget()

  init() throws { folder = try TemporaryFolder.make() }

  private var spool: String { SpoolFolder.path(in: folder, pipeline: "test", sink: "target") }

  private var filesInSpool: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: spool)) ?? []
  }

  private func pipeline(
    _ numbers: Range<Int>, _ sink: (any Sink)? = nil, _ limits: SpoolBuffer = SpoolBuffer(),
    options: JSONValue = ["clock": "virtual"]
  ) -> (TestPipeline, RecordingSink.Record) {
    var pipeline = TestPipeline(directory: folder, options: options)
    let records = RecordingSink()
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        for number in numbers { try await outlet.emit(.sample(number)) }
      })
    pipeline.add("records", records, inputs: ["source"])
    let sink: any Sink = sink ?? TargetSink(target)
    pipeline.add("target", sink, inputs: ["source"], buffer: .spool(limits))
    return (pipeline, records.record)
  }

  private func run(
    _ numbers: Range<Int>, _ sink: (any Sink)? = nil, _ limits: SpoolBuffer = SpoolBuffer(),
    options: JSONValue = ["clock": "virtual"]
  ) async throws -> RunReport {
    let (pipeline, records) = pipeline(numbers, sink, limits, options: options)
    let report = try await pipeline.run()
    #expect(records.ids == ids(numbers))
    return report
  }

  private func ids(_ numbers: Range<Int>) -> [String] { numbers.map { "test-\($0)" } }

  private func spoolReport(_ report: RunReport) throws -> SpoolReport {
    try #require(report.stages.first { $0.name == "target" }?.spool)
  }

  @Test func `what a sink takes leaves nothing in the spool`() async throws {
    let report = try await run(0..<1_000)
    #expect(target.taken == ids(0..<1_000))
    #expect(report.exitCode == .success)
    #expect(report.notices == [])
    let spool = try spoolReport(report)
    #expect((spool.found, spool.kept, spool.delivered, spool.waiting) == (0, 1_000, 1_000, 0))
    #expect(filesInSpool == [])
  }

  @Test func `a dead sink stops nobody, and the next run delivers what waits before its own`()
    async throws
  {
    target.die()
    let report = try await run(0..<700)
    #expect(report.exitCode == .success)
    #expect(report.events.delivered == 700)
    #expect(target.taken == [])
    #expect(
      report.notices == [
        "sinks.target: 700 events wait in \(spool) for the next run: nobody there"
      ])
    #expect(try spoolReport(report).waiting == 700)
    target.live()
    let next = try await run(700..<710)
    #expect(target.taken == ids(0..<710))
    let spool = try spoolReport(next)
    #expect((spool.found, spool.kept, spool.delivered, spool.waiting) == (700, 10, 710, 0))
    #expect(filesInSpool == [])
  }

  @Test func `a sink that fails for a while is tried until it takes`() async throws {
    target.behave { _, number in
      if number <= 9 { throw SpoolTarget.Dead() }
      return .all
    }
    // The source waits longer than all the pauses together.
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    var pipeline = TestPipeline(directory: folder)
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        try await outlet.emit(.sample(0))
        try await outlet.flush()
        try await clock.sleep(for: .seconds(600))
        try await outlet.emit(.sample(1))
      })
    pipeline.add("target", TargetSink(target), inputs: ["source"], buffer: .spool(SpoolBuffer()))
    let report = try await pipeline.run(clock: clock)
    #expect(target.taken == ids(0..<2))
    #expect(report.notices == [])
    #expect(report.exitCode == .success)
  }

  @Test func `a sink that can't be opened is tried again, and holds up no run`() async throws {
    target.state.withLock { $0.isClosed = true }
    let report = try await run(0..<5)
    #expect(report.exitCode == .success)
    #expect(target.state.withLock { $0.openings } > 1)
    #expect(try spoolReport(report).problem == "nobody there")
    target.state.withLock { $0.isClosed = false }
    _ = try await run(5..<6)
    #expect(target.taken == ids(0..<6))
  }

  @Test(arguments: [false, true])
  func `a sink that must not be tried again is opened anew, and gets all of it`(isWindowed: Bool)
    async throws
  {
    target.behave { _, number in
      if number == 2 { throw DeliveryError(rejected: "it is broken") }
      return .all
    }
    let sink: any Sink = isWindowed ? WindowedTargetSink(target) : TargetSink(target)
    let report = try await run(0..<1_000, sink)
    #expect(report.exitCode == .success)
    #expect(report.notices == [])
    #expect(Set(target.taken) == Set(ids(0..<1_000)))
    #expect(target.taken.count == 1_000)
  }

  @Test(arguments: [false, true])
  func `a sink that hangs is left behind`(isWindowed: Bool) async throws {
    target.behave { _, _ in
      try await RealClock().sleep(for: .seconds(600))
      return .all
    }
    let sink: any Sink = isWindowed ? WindowedTargetSink(target) : TargetSink(target)
    let report = try await run(0..<5, sink, options: ["clock": "virtual", "drain": "50ms"])
    #expect(report.exitCode == .success)
    let spool = try spoolReport(report)
    #expect(spool.waiting == 5)
    #expect(spool.problem == "took nothing for 50ms")
    target.live()
    _ = try await run(5..<6, sink)
    // A window's batches leave at the same time: which of them arrives first is the target's luck.
    #expect((isWindowed ? target.taken.sorted() : target.taken) == ids(0..<6))
  }

  @Test func `what is refused for good is told, and not tried again`() async throws {
    target.behave { batch, _ in
      let refused = batch.indices.filter { batch.sequenceID(of: batch[$0]).hasSuffix("3") }
      return WriteResult(refused: refused.map { .init($0, reason: "it ends in 3") })
    }
    let report = try await run(0..<20)
    #expect(report.exitCode == .failure)
    #expect(
      report.failures == ["sinks.target: refused events of its spool: it ends in 3 (2 times)"])
    let spool = try spoolReport(report)
    #expect((spool.delivered, spool.refused, spool.waiting) == (18, 2, 0))
    #expect(filesInSpool == [])
  }

  @Test(arguments: [false, true])
  func `a batch that was taken in part is taken up where it was left`(isWindowed: Bool) async throws
  {
    target.behave { batch, _ in
      let left = batch.indices.filter { batch.sequenceID(of: batch[$0]).hasSuffix("7") }
      return WriteResult(undelivered: left, problem: "not those")
    }
    let sink: any Sink = isWindowed ? WindowedTargetSink(target) : TargetSink(target)
    let report = try await run(0..<2_000, sink)
    #expect(report.exitCode == .success)
    let waiting = try spoolReport(report).waiting
    // It is given up at the first batches: most of what is behind was never tried.
    #expect(waiting >= 200)
    #expect(target.taken.count == 2_000 - waiting)
    target.live()
    _ = try await run(2_000..<2_001, sink)
    #expect(target.taken.count == 2_001)
    #expect(Set(target.taken).count == 2_001)
  }

  @Test func `a full spool refuses events by name, and loses none silently`() async throws {
    target.die()
    var limits = SpoolBuffer()
    limits.bytes = .bytes(20_000)
    let (pipeline, records) = pipeline(0..<3_000, nil, limits)
    let report = try await pipeline.run()
    #expect(records.ids.count == 3_000)
    #expect(report.exitCode == .failure)
    #expect(report.failures.count == 1)
    #expect(report.failures.first?.contains("the spool \(spool) is full") ?? false)
    #expect(report.events.isBalanced)
    let stage = try #require(report.stages.first { $0.name == "target" })
    #expect(stage.written + stage.undelivered == 3_000)
    #expect(stage.spool?.waiting == stage.written)
    #expect(report.events.failed == stage.undelivered)
  }

  @Test func `events that have waited for too long are dropped by name`() async throws {
    target.die()
    let (pipeline, _) = pipeline(0..<5)
    let start = Timestamp(nanoseconds: 1_800_000_000_000_000_000)
    let first = try pipeline.makeRun { $0.wallClock = { start } }
    #expect(await first.run().exitCode == .success)
    target.live()
    let (later, _) = self.pipeline(5..<7)
    let second = try later.makeRun {
      $0.wallClock = { start.advanced(by: .seconds(7 * 86_400 + 1)) }
    }
    let report = await second.run()
    #expect(report.failures.count == 1)
    #expect(
      report.failures.first?.hasPrefix(
        "sinks.target: dropped events that had waited in its spool for more than 7d") ?? false)
    #expect(target.taken == ids(5..<7))
    let spool = try spoolReport(report)
    #expect((spool.expired, spool.waiting) == (5, 0))
  }

  @Test func `a spool belongs to one run at a time, and to one type of sink`() async throws {
    target.behave { _, _ in
      try await RealClock().sleep(for: .milliseconds(300))
      throw SpoolTarget.Dead()
    }
    let (pipeline, _) = pipeline(0..<5)
    async let first = pipeline.run()
    while target.writes == 0 { try await RealClock().sleep(for: .milliseconds(5)) }
    let (other, _) = self.pipeline(0..<1)
    let refused = try await other.run()
    #expect(refused.failures.first?.contains("is in use by another run") ?? false)
    _ = try await first
    let (changed, _) = self.pipeline(0..<1, WindowedTargetSink(target))
    let wrong = try await changed.run()
    #expect(
      wrong.failures.first?.contains("holds 5 events for a sink of type target") ?? false)
  }

  @Test func `a cut ends the trying, and what is left waits`() async throws {
    target.behave { _, number in
      if number == 1 { throw SpoolTarget.Dead() }
      try await RealClock().sleep(for: .seconds(600))
      return .all
    }
    let (pipeline, _) = pipeline(0..<5, options: ["clock": "real"])
    let run = try pipeline.makeRun()
    async let running = run.run()
    while target.writes < 2 { try await RealClock().sleep(for: .milliseconds(5)) }
    pipeline.control.request(.cut, ending: .interrupted)
    let report = await running
    #expect(try spoolReport(report).waiting == 5)
    #expect(report.exitCode == .interrupted)
  }

  @Test(arguments: [1, 37, 200, 399])
  func `a run that is gone on with keeps each event once`(end: Int) async throws {
    target.die()
    func pipeline() -> TestPipeline {
      var pipeline = TestPipeline(
        directory: folder, options: ["clock": "virtual", "journal": true])
      pipeline.add("source", Counting(count: 400, control: pipeline.control, end: end))
      pipeline.add("target", TargetSink(target), inputs: ["source"], buffer: .spool(SpoolBuffer()))
      return pipeline
    }
    let first = try pipeline().makeRun()
    #expect(await first.run().run.canBeResumed)
    target.live()
    let second = try await pipeline().makeRun(goingOnWith: first.directoryPath)
    let report = await second.run()
    #expect(report.failures == [])
    #expect(target.taken == ids(0..<400))
    #expect(filesInSpool == [])
  }

  @Test func `a document that isn't taken is delivered by the next run, before its own`()
    async throws
  {
    target.state.withLock { $0.refusesDocuments = true }
    let sink = TargetDocuments(target)
    let report = try await run(0..<3, sink)
    #expect(report.exitCode == .success)
    #expect(
      report.notices == [
        "sinks.target: 1 document waits in \(spool) for the next run: nobody there"
      ])
    let second = try await run(0..<4, sink)
    #expect(try spoolReport(second).documents == 2)
    target.state.withLock { $0.refusesDocuments = false }
    #expect(try await run(0..<5, sink).notices == [])
    #expect(target.documents == ["3", "4", "5"])
    #expect(filesInSpool == [])
  }

  @Test func `draining delivers what waits and adds nothing`() async throws {
    target.die()
    target.state.withLock { $0.refusesDocuments = true }
    func pipeline() -> TestPipeline {
      var pipeline = TestPipeline(directory: folder)
      pipeline.add("source", ScriptedSource(count: 9))
      pipeline.add("target", TargetSink(target), inputs: ["source"], buffer: .spool(SpoolBuffer()))
      pipeline.add(
        "report", TargetDocuments(target), inputs: ["source"], buffer: .spool(SpoolBuffer()))
      return pipeline
    }
    #expect(try await pipeline().run().exitCode == .success)
    target.live()
    target.state.withLock { $0.refusesDocuments = false }
    let report = try await pipeline().makeRun(draining: ["target", "report"]).run()
    #expect(report.failures == [])
    #expect(target.taken == ids(0..<9))
    #expect(target.documents == ["9"])
  }
}

/// Emits numbered events, the same each time; ends the run at once behind one of them, the first time.
private struct Counting: Source {
  static let type = "counting"
  static let doc = "Emits numbered events."
  var repeatsItself: Bool { true }
  var count = 0
  var control: StopControl?
  var end = Int.max

  var reach: StageReach { .context }

  init(count: Int, control: StopControl, end: Int) {
    (self.count, self.control, self.end) = (count, control, end)
  }
  init(_ options: NoOptions) {}

  mutating func run(emitting outlet: SourceOutlet) async throws {
    for number in 0..<count {
      try await outlet.emit(.sample(number))
      if number == end, outlet.pastEvents == 0 {
        try await outlet.flush()
        control?.request(.abort, ending: .stopped)
      }
    }
  }
}
