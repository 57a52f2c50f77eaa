import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A run that was ended in its middle and is gone on with comes to the same as one that wasn't.
struct InterruptedRunTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func pipeline(_ target: Target, _ records: Records) -> TestPipeline {
    var pipeline = TestPipeline(
      directory: folder, options: ["clock": "virtual", "journal": true])
    pipeline.add("source", NumberedSource(count: 400))
    pipeline.add("check", EvenStates(), inputs: ["source"])
    pipeline.add("inject", TargetInjector(target: target), inputs: ["check"])
    pipeline.add(
      "records", RecordsSink(records: records),
      inputs: ["inject", "inject.failed", "check.rejected", "source.rejected"])
    return pipeline
  }

  /// Runs it and ends it at once when so many records were written, until it completes.
  private func run(
    _ pipeline: TestPipeline, endingAt ends: [Int], _ records: Records
  ) async throws -> RunReport {
    var report: RunReport?
    var path: String?
    for end in ends + [Int.max] {
      let control = StopControl()
      records.whenReached(end) { control.request(.abort, ending: .stopped) }
      let run: PipelineRun
      if let path {
        run = try await pipeline.makeRun(goingOnWith: path, control: control)
      } else {
        records.whenReached(end) { pipeline.control.request(.abort, ending: .stopped) }
        run = try pipeline.makeRun()
      }
      path = run.directoryPath
      let latest = await run.run()
      report = latest
      if !latest.run.canBeResumed { break }
    }
    return try #require(report)
  }

  @Test(arguments: [[], [1], [37], [150, 151], [399], [20, 90, 91, 300]])
  func `every event has its effect once and its record once`(ends: [Int]) async throws {
    let (target, records) = (Target(), Records())
    let report = try await run(pipeline(target, records), endingAt: ends, records)
    #expect(!report.run.canBeResumed)
    #expect(report.failures == [])
    #expect(report.events.emitted == 440)
    #expect(report.events.isBalanced && report.events.abandoned == 0)
    // What was sent before came to the same verdicts.
    let injection = try #require(report.injection)
    #expect(injection.attempted == injection.accepted + injection.failed)
    #expect(injection.accepted + injection.failed == report.events.delivered + report.events.failed)
    let lines = records.lines
    #expect(lines.count == 440)
    #expect(Set(lines).count == 440, "a record is there twice")
    let uninterrupted = Records()
    _ = try await self.run(pipeline(Target(), uninterrupted), endingAt: [], uninterrupted)
    #expect(lines.sorted() == uninterrupted.lines.sorted())
    // Only what was under way may have been sent again: four calls of three events at each interruption.
    let again = target.sent.values.reduce(0) { $0 + $1 - 1 }
    #expect(again <= 12 * ends.count)
    let folders = try FileManager.default.contentsOfDirectory(atPath: folder)
    for name in folders {
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(name)/\(Journal.fileName)"))
    }
  }

  @Test(arguments: ["real", "60x"])
  func `its time goes on also where the system's date was set back`(clock: JSONValue) async throws {
    let (target, records) = (Target(), Records())
    var pipeline = TestPipeline(directory: folder, options: ["clock": clock, "journal": true])
    pipeline.add("source", NumberedSource(count: 400))
    pipeline.add("inject", TargetInjector(target: target), inputs: ["source"])
    pipeline.add("records", RecordsSink(records: records), inputs: ["inject", "inject.failed"])
    let day = Duration.seconds(86_400)
    let control = pipeline.control
    records.whenReached(37) { control.request(.abort, ending: .stopped) }
    let first = try pipeline.makeRun { $0.wallClock = { RealClock().now.advanced(by: day) } }
    let before = await first.run()
    #expect(before.run.canBeResumed)
    let after = try await pipeline.makeRun(goingOnWith: first.directoryPath, control: StopControl())
      .run()
    #expect(!after.run.canBeResumed && after.run.startedAt == before.run.startedAt)
    #expect(after.run.finishedAt >= after.run.startedAt)
  }

  @Test func `a run with another configuration is refused`() async throws {
    let (target, records) = (Target(), Records())
    let first = pipeline(target, records)
    records.whenReached(50) { first.control.request(.abort, ending: .stopped) }
    let run = try first.makeRun()
    #expect(await run.run().run.canBeResumed)
    var other = first
    other.add("more", RecordsSink(records: Records()), inputs: ["inject"])
    await #expect {
      try await other.makeRun(goingOnWith: run.directoryPath)
    } throws: { error in
      "\(error)" == "can't go on with \(run.directoryPath): the configuration has changed since; "
        + "go on with the one from then"
    }
  }

  @Test func `a run without a journal can't be gone on with`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", NumberedSource(count: 3))
    pipeline.add("records", RecordsSink(records: Records()), inputs: ["source"])
    let run = try pipeline.makeRun()
    _ = await run.run()
    await #expect(throws: UnreadableInput.self) {
      try await pipeline.makeRun(goingOnWith: run.directoryPath)
    }
  }

  @Test func `a journal that breaks off anywhere, or is damaged, loses nothing silently`()
    async throws
  {
    let (target, records) = (Target(), Records())
    let first = pipeline(target, records)
    records.whenReached(200) { first.control.request(.abort, ending: .stopped) }
    let run = try first.makeRun()
    _ = await run.run()
    let path = "\(run.directoryPath)/\(Journal.fileName)"
    let whole = try InputFile.contents(of: path, upTo: 1 << 28)
    var random = KeyedRandom(seed: 9, purpose: "journal")
    for _ in 0..<300 {
      let end = Int(random.next() % UInt64(whole.count))
      try Data(whole[..<end]).write(to: URL(filePath: path))
      if let past = try? JournalPast(path) { #expect(past.count <= 440) }
      var damaged = whole
      damaged[end] ^= UInt8(1 << (random.next() % 8))
      try Data(damaged).write(to: URL(filePath: path))
      // The very last entry may be torn; everything else is refused.
      if let past = try? JournalPast(path) { #expect(past.length < whole.count) }
    }
  }
}

/// What a target was sent, by sequence id; it takes each event once.
private final class Target: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  var sent: [String: Int] { counts.withLock { $0 } }

  func send(_ id: String) { counts.withLock { $0[id, default: 0] += 1 } }
}

private struct TargetInjector: Injector {
  static let type = "target"
  static let doc = "Sends to the test's target."
  let target: Target

  var reach: StageReach { .context }

  init(target: Target) { self.target = target }
  init(_ options: NoOptions) { target = Target() }

  var capacity: InjectorCapacity { InjectorCapacity(calls: 4, eventsPerCall: 3) }

  func inject(_ batch: inout EventBatch) async {
    for index in batch.indices {
      let id = batch.sequenceID(of: batch[index])
      target.send(id)
      // One in seven is refused, always the same ones.
      let number = Int(id.dropFirst("test-".count)) ?? 0
      var outcome = Outcome(number % 7 == 0 ? .failed : .accepted, status: 202, attempts: 1)
      outcome.timings.wire = Int64(number)
      outcome.timings.service = Int64(number)
      if outcome.kind == .accepted {
        batch.judge(index, outcome)
      } else {
        batch.judge(index, outcome, code: "target.refused", reason: "it is number \(number)")
      }
    }
  }
}

/// What was written, whichever run wrote it.
private final class Records: Sendable {
  private struct State {
    var lines: [String] = []
    var recalled: [String] = []
    var end = Int.max
    var stop: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  var lines: [String] { state.withLock { $0.lines } }

  func whenReached(_ end: Int, _ stop: @escaping @Sendable () -> Void) {
    state.withLock { ($0.end, $0.stop) = (end, stop) }
  }

  func write(_ line: String) {
    let stop = state.withLock { state in
      state.lines.append(line)
      return state.lines.count == state.end ? state.stop : nil
    }
    stop?()
  }

  func open() { state.withLock { $0.recalled = $0.lines } }

  func recall(_ line: String) -> Bool {
    state.withLock { state in
      guard let place = state.recalled.firstIndex(of: line) else { return false }
      state.recalled.remove(at: place)
      return true
    }
  }
}

private struct RecordsSink: ResumableSink {
  static let type = "records"
  static let doc = "Keeps what it gets."
  let records: Records

  var reach: StageReach { .context }

  init(records: Records) { self.records = records }
  init(_ options: NoOptions) { records = Records() }

  mutating func open(_ context: StageContext) async throws { records.open() }

  private func lines(_ batch: borrowing EventBatch) -> [String] {
    var lines: [String] = []
    for index in batch.indices {
      var bytes: [UInt8] = []
      OutcomeJSON.write(index, of: copy batch, to: &bytes)
      lines.append(String(decoding: bytes.dropLast(), as: UTF8.self))
    }
    return lines
  }

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    for line in lines(batch) { records.write(line) }
    return .all
  }

  mutating func recall(_ batch: borrowing EventBatch) async throws -> [Int] {
    lines(batch).enumerated().filter { records.recall($0.element) }.map(\.offset)
  }
}

/// Emits numbered events, each tenth with a record that is none; the same each time.
private struct NumberedSource: Source {
  static let type = "numbered"
  static let doc = "Emits numbered events."
  var repeatsItself: Bool { true }
  var count = 0

  var reach: StageReach { .context }

  init(count: Int) { self.count = count }
  init(_ options: NoOptions) {}

  mutating func run(emitting outlet: SourceOutlet) async throws {
    for number in 0..<count {
      try await outlet.emit(.sample(number, agent: number % 9))
      if number % 10 == 0 {
        try await outlet.reject(
          EventFields(sequenceID: "line-\(number)"), code: "row.malformed", reason: "no event")
      }
    }
  }
}

/// Turns each eleventh event away, by counting: what it has seen before matters.
private struct EvenStates: Validator {
  static let type = "even"
  static let doc = "Turns each eleventh event away."
  private var seen = 0

  var reach: StageReach { .context }

  init() {}
  init(_ options: NoOptions) {}

  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
    seen += 1
    return seen % 11 == 0 ? .reject(code: "eleventh", reason: "it is number \(seen)") : .accept
  }
}
