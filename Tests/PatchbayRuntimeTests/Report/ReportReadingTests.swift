import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Reports are read as they were written.
struct ReportReadingTests {
  private func shape(_ values: Int64...) -> Distribution {
    var recorder = DurationRecorder()
    for value in values { recorder.record(value) }
    return recorder.distribution
  }

  /// A report with something in every member.
  private var report: RunReport {
    var run = RunSummary(
      id: UUIDBits(high: 1, low: 2), name: "r", seed: .max, clock: "60x",
      startedAt: Timestamp(nanoseconds: 5), directory: "runs/r")
    run.finishedAt = Timestamp(nanoseconds: 7)
    run.realNanoseconds = 9
    run.ending = .threshold
    var report = RunReport(run: run)
    report.events.emitted = 4
    report.events.delivered = 3
    report.events.rejected = 1
    var injection = InjectionReport()
    injection.attempted = 4
    injection.accepted = 3
    injection.unknown = 1
    injection.attempts = 9
    injection.statuses = [(0, 1), (200, 3)]
    injection.latency = shape(1, 2_000_000, 7_654_321)
    injection.response = shape(8)
    var labelled = LabelledLatency("POST /events")
    labelled.latency = shape(3)
    injection.labelled = [.endpoint: [labelled]]
    report.injection = injection
    report.stages = [source, correlator, sink]
    report.thresholds = [
      .init(metric: "latency.p99", condition: "< 5", value: 4.5, passed: true),
      .init(metric: "x.y", condition: "== 0", value: nil, passed: false),
    ]
    report.failures = ["sinks.log: full"]
    report.notices = ["a"]
    report.leftovers = ["b"]
    report.inputWasUnreadable = true
    return report
  }

  private var source: StageReport {
    var stage = StageReport(name: "desk", role: .source, type: "scenario")
    stage.received = 4
    stage.sent = [.out: 3, .rejected: 1]
    stage.unconnected = [.rejected: 1]
    stage.lag = shape(0, 4)
    stage.watchesOthers = true
    return stage
  }

  private var correlator: StageReport {
    var stage = StageReport(name: "states", role: .correlator, type: "state-machine")
    stage.inputs = ["desk", "desk.rejected"]
    stage.absorbed = 2
    stage.findings["mismatches"] = 1
    stage.findings["share"] = 0.25
    stage.findings.add("round_trip", shape(6))
    stage.findings.tables = [
      .init(title: "t", columns: ["from", "to"], rows: [["a", "b"]], isOfTransitions: true)
    ]
    stage.findings.transitions = [.init(from: "a", to: "b", count: 3, isAllowed: false)]
    var event = FoundEvent(
      "rejected", sequenceID: "1", agentID: "2", interactionID: "3", to: "b", timestamp: "t",
      place: EventPlace("in.jsonl", line: 7))
    event.from = "a"
    event.code = "http.503"
    event.reason = "no"
    stage.findings.events = [event]
    stage.findings.checkpoint = "c"
    stage.findings.notes = ["n"]
    return stage
  }

  private var sink: StageReport {
    var stage = StageReport(name: "log", role: .sink, type: "jsonl")
    stage.inputs = ["states"]
    stage.written = 3
    stage.undelivered = 1
    stage.unkeptRecords = 1
    stage.abandoned = 1
    stage.spool = SpoolReport()
    stage.spool?.kept = 5
    stage.spool?.problem = "dead"
    return stage
  }

  @Test func `a report is read as it was written`() throws {
    let text = report.json.text(.pretty)
    let read = try RunReport(JSONValue(parsing: Array(text.utf8)), directory: "runs/r")
    #expect(read.json.text(.pretty) == text)
    #expect(read.exitCode == report.exitCode)
    #expect(read.run == report.run)
    #expect(read.stages[1].findings == report.stages[1].findings)
    #expect(read.injection?.latency == report.injection?.latency)
  }

  @Test func `a report of the version before is read, too`() throws {
    let text = """
      {"schema_version": "1.0", "run": {"id": "00000000-0000-0001-0000-000000000002", "name": "r",
      "seed": "1", "clock": "real", "ending": "completed", "started_at": "2026-01-01T00:00:00Z",
      "finished_at": "2026-01-01T00:00:01Z", "real_ns": 1}, "exit_code": 0,
      "events": {"emitted": 1, "delivered": 1, "rejected": 0, "failed": 0, "abandoned": 0, "balanced": true},
      "injection": null, "stages": [{"name": "in", "role": "source", "type": "stdin", "received": 1,
      "sent": {"out": 1}, "unconnected": {}, "metrics": {}, "tables": [], "notes": []}],
      "thresholds": [], "failures": [], "notices": [], "leftovers": []}
      """
    let read = try RunReport(JSONValue(parsing: Array(text.utf8)), directory: "d")
    #expect(read.stages.first?.sent == [.out: 1])
    #expect(read.exitCode == .success)
  }

  @Test(arguments: [
    (
      #""schema_version": "1.1""#, #""schema_version": "2.0""#,
      "schema_version is 2.0: this program reads 1.1"
    ),
    (
      #""emitted": 4"#, #""emitted": "4""#,
      "events.emitted: expected an integer from 0 to 2^59, found a string"
    ),
    (
      #""ending": "threshold""#, #""ending": "tired""#,
      "run.ending: this program knows no such ending as tired"
    ),
    (#""role": "sink""#, #""role": "drain""#, "this program knows no such role as drain"),
    (
      #""statuses": {"#, #""statuses": {"x": 1,"#,
      "injection.statuses: expected numbers of events by HTTP status"
    ),
    ("1:1 ", "1:1 1:1 ", "latency.buckets: expected ascending values, each once"),
    ("1:1 ", "1:-1 ", "latency.buckets: expected numbers as value:count with blanks between"),
    (
      #""reason": "no""#, #""reason": 7"#,
      "stages[1].events[0].reason: expected a string, found a number"
    ),
  ])
  func `what isn't as it should be is said with its place`(
    part: String, replacement: String, message: String
  ) throws {
    let text = report.json.text(.pretty)
    let broken = text.replacing(part, with: replacement, maxReplacements: 1)
    #expect(broken != text)
    #expect {
      try RunReport(JSONValue(parsing: Array(broken.utf8)), directory: "d")
    } throws: {
      "\($0)" == message
    }
  }

  @Test func `a run that keeps its timeline leaves it beside its report, and both are read`()
    async throws
  {
    let folder = try TemporaryFolder.make()
    var pipeline = TestPipeline(directory: folder, options: ["clock": "virtual"])
    pipeline.add("source", ScriptedSource(count: 3))
    pipeline.add("keeper", RecordingSink(), inputs: ["source"])
    let plain = try await pipeline.run()
    #expect(plain.timeline == nil)
    #expect(try RunReport(readingFrom: plain.run.directory).timeline == nil)
    let kept = try await pipeline.makeRun { $0.keepsTimeline = true }.run()
    let read = try RunReport(readingFrom: kept.run.directory)
    #expect(read.timeline == kept.timeline)
    #expect(read.timeline?.points.last?.events.delivered == 3)
    #expect(read.timeline?.schedule?.left.reduce(0, +) == 3)
    #expect(read.stages.map(\.inputs) == [[], ["source"]])
    let found = try RunFolders(in: folder).reported("last")
    #expect(found == kept.run.directory)
    #expect(try RunFolders(in: folder).reported("\(plain.run.id)") == plain.run.directory)
    #expect(throws: UnreadableInput.self) { try RunFolders(in: folder).reported("none") }
    #expect(!RunFolders.isInUse(found))
  }
}
