import Foundation
import PatchbayCore
import PatchbayTesting
import Reports
import Testing

/// What a collector of metrics is told.
struct OpenMetricsTests {
  private func report(_ name: String = "r") -> RunReport {
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 1, low: 2), name: name, seed: 1, clock: "real",
        startedAt: Timestamp(nanoseconds: 0), directory: "d"))
    report.events.emitted = 3
    var recorder = DurationRecorder()
    for value: Int64 in [90_000, 1_000_000, 1_000_400, 1_001_000, 700_000_000_000] {
      recorder.record(value)
    }
    var injection = InjectionReport()
    injection.latency = recorder.distribution
    injection.statuses = [(202, 3)]
    var labelled = LabelledLatency(name)
    labelled.latency = recorder.distribution
    injection.labelled = [.state: [labelled]]
    report.injection = injection
    var source = StageReport(name: "desk", role: .source, type: "t")
    source.lag = recorder.distribution
    var sink = StageReport(name: name, role: .sink, type: "t")
    sink.findings["records"] = .infinity
    sink.spool = SpoolReport()
    report.stages = [source, sink]
    report.thresholds = [.init(metric: name, condition: "< 1", value: 2, passed: false)]
    return report
  }

  private func text(_ report: RunReport) -> String {
    OpenMetricsDocument(
      report, waits: ["desk": .init(events: 1, batches: 1, credits: 8, blockedNanoseconds: 5)],
      process: .current
    ).text
  }

  @Test func `each family is told as it is listed, and docs/metrics.md lists all`() throws {
    let text = text(report())
    let told = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map {
      $0.split(separator: " ")[2]
    }
    #expect(told.map(String.init) == MetricFamily.all.map(\.name))
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/metrics.md"), encoding: .utf8)
    for family in MetricFamily.all {
      let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
      #expect(
        page.contains("| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |")
      )
    }
  }

  @Test func `the board for Grafana asks for what there is`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let board = try String(
      contentsOf: root.appending(path: "docs/grafana-board.json"), encoding: .utf8)
    let asked = Set(board.matches(of: /(?:patchbay|process)_[a-z_]+/).map { String($0.output) })
    var told: Set<String> = []
    for family in MetricFamily.all {
      switch family.kind {
      case .counter: told.insert(family.name + "_total")
      case .gauge: told.insert(family.name)
      case .info: told.insert(family.name + "_info")
      case .histogram: told.formUnion(["_bucket", "_sum", "_count"].map { family.name + $0 })
      }
    }
    #expect(asked.count > 10)
    #expect(asked.subtracting(told) == [])
  }

  @Test func `counts up to a step are exact`() {
    let lines = text(report()).split(separator: "\n").filter {
      $0.hasPrefix("patchbay_latency_seconds_bucket{part=\"service\"")
    }
    // What a recorder doesn't tell from a millisecond counts as one, and what it does tell doesn't.
    #expect(lines.contains { $0.hasSuffix("le=\"0.000100031\"} 1") })
    #expect(lines.contains { $0.hasSuffix("le=\"0.001000447\"} 3") })
    #expect(lines.contains { $0.hasSuffix("le=\"0.001500159\"} 4") })
    #expect(lines.last?.hasSuffix("le=\"+Inf\"} 5") ?? false)
  }

  @Test func `names from outside can't add lines or labels`() {
    let hostile = text(report("a\"} 1\npatchbay_evil 1\\"))
    #expect(hostile.contains(#"pipeline="a\"} 1\npatchbay_evil 1\\""#))
    #expect(!hostile.split(separator: "\n").contains { $0.hasPrefix("patchbay_evil") })
    #expect(hostile.hasSuffix("# EOF\n"))
  }
}
