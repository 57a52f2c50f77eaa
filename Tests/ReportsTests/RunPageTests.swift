import Foundation
import PatchbayCore
import PatchbayTesting
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The report as a page: whole, quiet and harmless.
struct RunPageTests {
  /// A run in which everything came from somebody who means ill.
  private func report(hostile text: String) -> RunReport {
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 1, low: 2), name: text, seed: 1, clock: "real",
        startedAt: Timestamp(nanoseconds: 0), directory: text))
    report.events.emitted = 10
    report.events.failed = 10
    var recorder = DurationRecorder()
    for value in 1...1_000 { recorder.record(Int64(value) * 10_000) }
    var injection = InjectionReport()
    injection.attempted = 10
    injection.latency = recorder.distribution
    injection.response = recorder.distribution
    injection.wire = recorder.distribution
    var labelled = LabelledLatency(text)
    labelled.latency = recorder.distribution
    injection.labelled = [.state: [labelled]]
    report.injection = injection
    var source = StageReport(name: "desk", role: .source, type: text)
    source.received = 10
    var states = StageReport(name: "states", role: .correlator, type: "state-machine")
    states.inputs = ["desk", "desk.\(text)"]
    states.findings.transitions = [
      .init(from: text, to: "b", count: 3, isAllowed: false),
      .init(from: "b", to: "c", count: 9, isAllowed: true),
      .init(from: "c", to: text, count: 0, isAllowed: true),
    ]
    states.findings.tables = [.init(title: text, columns: [text], rows: [[text]])]
    var event = FoundEvent(
      text, sequenceID: text, agentID: text, interactionID: text, to: text, timestamp: text,
      place: EventPlace(text, line: 1))
    event.reason = text
    states.findings.events = [event]
    states.findings.notes = [text]
    report.stages = [source, states, StageReport(name: text, role: .sink, type: text)]
    report.thresholds = [.init(metric: text, condition: text, value: nil, passed: false)]
    report.failures = [text]
    report.notices = [text]
    report.leftovers = [text]
    var timeline = RunTimeline()
    for number in 0..<50 {
      var point = RunTimeline.Point()
      point.time = Int64(number) * 1_000_000_000
      if number % 3 > 0 {
        point.latency = .init(count: 1, p50: 1_000, p95: 2_000, p99: 3_000, maximum: 900_000_000)
      }
      timeline.points.append(point)
    }
    timeline.schedule = .init(width: 1_000_000_000, intended: [3, 4], left: [0, 7])
    report.timeline = timeline
    return report
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x", "&lt;",
    "\u{0}\u{1B}[2J",
    "\u{202E}desrever", "https://example.com/x.png", "url(javascript:x)",
  ])
  func `what comes from outside stays text`(text: String) throws {
    let page = RunPage(report(hostile: text)).text
    let harmless = RunPage(report(hostile: "harmless")).text
    // As many elements and attributes as with a text that has nothing in it.
    for mark in ["<", ">", "\""] {
      #expect(page.count { String($0) == mark } == harmless.count { String($0) == mark }, "\(mark)")
    }
    #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
    #expect(!page.contains("\u{202E}"))
    for tag in ["<script", "<link", "<img", "<iframe", "href=", "src=", "@import"] {
      #expect(!harmless.contains(tag))
    }
  }

  @Test func `the page is well formed, and has its pictures in it`() throws {
    let page = RunPage(report(hostile: "harmless")).text
    let body = try #require(page.range(of: "<main>"))
    let end = try #require(page.range(of: "</main>"))
    let parser = XMLParser(data: Data(page[body.lowerBound..<end.upperBound].utf8))
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    // The pipeline, the load, latencies over time and by size, and where the time went.
    #expect(page.components(separatedBy: "<svg").count - 1 == 5)
    #expect(page.contains("1 of 2 allowed transitions were seen"))
    #expect(page.contains("harmless -&gt; b is forbidden and came 3 times"))
    #expect(page.contains("failed"))
  }

  @Test func `a run of which nothing is known but its name has a page`() {
    let bare = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 1, low: 2), name: "bare", seed: 1, clock: "virtual",
        startedAt: Timestamp(nanoseconds: 0), directory: "d"))
    let page = RunPage(bare).text
    #expect(page.contains("0 events came from no source"))
    #expect(!page.contains("NaN") && !page.contains("inf"))
  }
}
