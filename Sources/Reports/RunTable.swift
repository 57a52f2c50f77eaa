package import PatchbayCore

/// A run that goes on, as a table for a terminal: what each stage has had, how fast, and what waits before it.
package struct RunTable {
  private let report: RunReport
  private let waits: [String: ChannelWait]
  private let last: RunReport?
  /// The time between both, in seconds of real time.
  private let seconds: Double

  /// - Parameters:
  ///   - report: how it stands.
  ///   - waits: what waits before each stage.
  ///   - last: how it stood before; nil at the first time.
  ///   - seconds: how long ago that was, in real time.
  package init(
    _ report: RunReport, waits: [String: ChannelWait], last: RunReport? = nil, seconds: Double = 1
  ) {
    self.report = report
    self.waits = waits
    self.last = last
    self.seconds = seconds
  }

  /// The table; every line ends with a line break.
  package var text: String {
    var table = TextTable()
    let run = report.run
    let elapsed = Double(run.finishedAt.nanosecondsSince(run.startedAt))
    table.line("\(run.name.visible)  \(Formats.duration(elapsed))  run \(run.id)")
    table.line(counts)
    if let injection = report.injection, injection.latency.count > 0 {
      table.line(
        "accepted \(Formats.grouped(injection.accepted)) of \(Formats.grouped(injection.attempted))  latency p50 "
          + "\(Formats.duration(injection.latency[.p50]))  p99 \(Formats.duration(injection.latency[.p99]))"
      )
    }
    table.line("")
    table.columns(
      [["stage", "type", "in", "a second", "rejected", "failed", "waiting", "held up"]]
        + report.stages.map(row))
    if !report.thresholds.isEmpty {
      table.line("")
      table.columns(
        report.thresholds.map { threshold in
          let mark = threshold.passed ? "✓" : threshold.value == nil ? "·" : "✗"
          return [
            "\(mark) \(threshold.metric.visible) \(threshold.condition.visible)",
            threshold.value.map(Formats.value) ?? "nothing yet",
          ]
        })
    }
    for failure in report.failures { table.line("failed: \(failure.visible)") }
    return table.lines.map { String($0.dropFirst(4)) + "\n" }.joined()
  }

  private var counts: String {
    let events = report.events
    return
      "emitted \(Formats.grouped(events.emitted))  delivered \(Formats.grouped(events.delivered))  "
      + "rejected \(Formats.grouped(events.rejected))  failed \(Formats.grouped(events.failed))  "
      + "inside \(Formats.grouped(events.emitted - events.settled))"
  }

  private func row(_ stage: StageReport) -> [String] {
    let before = last?.stages.first { $0.name == stage.name }?.received
    let rate = before.map { Formats.short(Double(stage.received - $0) / max(seconds, 0.001)) } ?? ""
    let wait = waits[stage.name]
    let held = wait.map { Double($0.blockedNanoseconds) } ?? 0
    return [
      stage.name.visible, stage.type.visible, Formats.grouped(stage.received), rate,
      stage.sent[.rejected].map(Formats.grouped) ?? "",
      stage.sent[.failed].map(Formats.grouped) ?? "",
      wait.map { "\(Formats.grouped($0.events))" } ?? "", held > 1e6 ? Formats.duration(held) : "",
    ]
  }
}
