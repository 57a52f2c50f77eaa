import ExportStages
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Verdicts as test cases: what passes, what fails, and that no report looks good whose run didn't.
struct VerdictSinkTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private var report: RunReport {
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 1, low: 2), name: "r", seed: 1, clock: "real",
        startedAt: Timestamp(nanoseconds: 0), directory: folder))
    report.events.emitted = 3
    report.events.delivered = 3
    report.thresholds = [
      .init(metric: "a.b", condition: "< 1", value: 0.5, passed: true),
      .init(metric: "c.d", condition: "== 0", value: nil, passed: false),
    ]
    var states = StageReport(name: "states", role: .correlator, type: "state-machine")
    states.findings.transitions = [
      .init(from: "x", to: "y", count: 2, isAllowed: true),
      .init(from: "y", to: "x", count: 0, isAllowed: true),
      .init(from: "y", to: "y", count: 1, isAllowed: false),
    ]
    report.stages = [states]
    return report
  }

  /// Agents: the first has an event that failed, all others none.
  private func batch(agents: Int) -> EventBatch {
    var batch = EventBatch(symbols: SymbolTable())
    for number in 0..<agents {
      batch.append(
        EventFields(
          sequenceID: "e\(number)", timestamp: "2026-01-01T00:00:0\(number % 10)Z",
          interactionID: "i", agentID: "agent \(number)", state: "busy"),
        intended: Timestamp(nanoseconds: 0))
      batch.judge(
        number, Outcome(number == 0 ? .failed : .accepted), code: "x.y", reason: "too <late>")
    }
    return batch
  }

  private func cases(_ options: JSONValue, agents: Int = 3, _ report: RunReport) async throws
    -> [String]
  {
    var sink = CTRFSink(try CTRFSink.Options(options))
    try await sink.open(StageContext.forTests(clock: RealClock(), directory: folder))
    _ = try await sink.write(batch(agents: agents))
    try await sink.finish(report)
    let json = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: folder + "/ctrf.json"))))
    return (json["results"]?["tests"]?.array ?? []).map {
      "\($0["name"]?.string ?? ""): \($0["status"]?.string ?? ""): \($0["message"]?.string ?? "")"
    }
  }

  @Test func `thresholds and the run itself are cases`() async throws {
    #expect(
      try await cases([:], report) == [
        "a.b < 1: passed: ",
        "c.d == 0: failed: expected == 0; there was nothing to compute it from",
        "the run itself: passed: ",
      ])
    var bad = report
    bad.failures = ["sinks.log: full"]
    bad.thresholds = []
    #expect(try await cases([:], bad) == ["the run itself: failed: sinks.log: full"])
    // A lost threshold that is no case of its own, and a run that turned everything away.
    #expect(
      try await cases(["cases": ["agents"]], report).last
        == "the run itself: failed: exit code 99: a threshold failed")
    var empty = bad
    empty.failures = []
    empty.events.delivered = 0
    empty.events.rejected = 3
    #expect(
      try await cases([:], empty).last?.hasPrefix("the run itself: failed: exit code 1: ") ?? false)
  }

  @Test func `transitions that are forbidden fail, and those that never happened are left out`()
    async throws
  {
    #expect(
      try await cases(["cases": ["transitions"]], report).dropLast() == [
        "states: x -> y: passed: ", "states: y -> x: skipped: it never happened",
        "states: y -> y: failed: it is forbidden and happened 1 times",
      ])
  }

  @Test func `agents and interactions have their events' problems, in bounded memory`() async throws
  {
    let options: JSONValue = ["cases": ["agents", "interactions"], "most_cases": 2]
    #expect(
      try await cases(options, report).dropLast() == [
        "agent 0: failed: e0 (busy): failed: too <late>", "agent 1: passed: ",
        "i: failed: e0 (busy): failed: too <late>",
      ])
  }

  @Test func `JUnit escapes what it is told`() async throws {
    var sink = JUnitSink(
      try JUnitSink.Options(["cases": ["agents"], "path": .string(folder + "/j.xml")]))
    try await sink.open(StageContext.forTests(clock: RealClock()))
    _ = try await sink.write(batch(agents: 2))
    try await sink.finish(report)
    let text = try String(contentsOfFile: folder + "/j.xml", encoding: .utf8)
    #expect(text.contains(#"<testsuite name="r" tests="3" failures="2" errors="0" skipped="0""#))
    #expect(text.contains(#"classname="r.agents""#))
    #expect(text.contains("too &lt;late&gt;"))
  }
}
