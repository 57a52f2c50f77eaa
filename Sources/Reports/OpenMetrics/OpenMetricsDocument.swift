package import PatchbayCore

/// How full the channel before a stage is.
package struct ChannelWait: Sendable {
  package var events: Int
  package var batches: Int
  package var credits: Int
  package var blockedNanoseconds: Int64

  package init(events: Int, batches: Int, credits: Int, blockedNanoseconds: Int64) {
    self.events = events
    self.batches = batches
    self.credits = credits
    self.blockedNanoseconds = blockedNanoseconds
  }
}

/// A run's numbers as a collector of metrics reads them; `docs/metrics.md` lists them.
package struct OpenMetricsDocument: Sendable {
  /// What the text is called in HTTP.
  package static let contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  private let report: RunReport
  private let waits: [String: ChannelWait]
  private let process: ProcessUse?

  /// - Parameters:
  ///   - report: how the run stands.
  ///   - waits: the channels, by the stage before which they are.
  ///   - process: what the process takes; nil if nobody knows.
  package init(_ report: RunReport, waits: [String: ChannelWait], process: ProcessUse?) {
    self.report = report
    self.waits = waits
    self.process = process
  }

  /// The text, in UTF-8 when written out.
  package var text: String {
    var writer = OpenMetricsWriter()
    addRun(to: &writer)
    addInjection(to: &writer)
    addStages(to: &writer)
    addChannels(to: &writer)
    addThresholds(to: &writer)
    addProcess(to: &writer)
    writer.end()
    return writer.text
  }

  private func addRun(to writer: inout OpenMetricsWriter) {
    let run = report.run
    writer.add(
      .run,
      [run.name, run.id.description, String(run.seed), run.clock, ModuleVersion.patchbay.version], 1
    )
    let events = report.events
    for (fate, count) in [
      ("emitted", events.emitted), ("delivered", events.delivered), ("rejected", events.rejected),
      ("failed", events.failed), ("abandoned", events.abandoned),
    ] {
      writer.add(.events, [fate], count)
    }
    writer.add(.elapsed, [], Double(run.finishedAt.nanosecondsSince(run.startedAt)) / 1e9)
  }

  private func addInjection(to writer: inout OpenMetricsWriter) {
    guard let injection = report.injection else { return }
    for (outcome, count) in [
      ("accepted", injection.accepted), ("failed", injection.failed),
      ("unknown", injection.unknown),
    ] {
      writer.add(.injected, [outcome], count)
    }
    writer.add(.attempts, [], injection.attempts)
    for (status, count) in injection.statuses { writer.add(.statuses, [String(status)], count) }
    for (part, shape) in [
      ("service", injection.latency), ("wire", injection.wire), ("queue", injection.queue),
      ("rate_limit", injection.rateLimit), ("token", injection.token),
      ("backoff", injection.backoff),
      ("own", injection.own), ("response", injection.response),
    ] {
      writer.add(.latency, [part], shape)
    }
    for label in LatencyLabel.allCases {
      for labelled in injection.labelled[label] ?? [] {
        writer.add(
          .labelled, [label.rawValue, labelled.value], labelled.latency, precision: .two)
      }
    }
  }

  private func addStages(to writer: inout OpenMetricsWriter) {
    func labels(_ stage: StageReport) -> [String] { [stage.name, stage.role.rawValue, stage.type] }
    let sinks = report.stages.filter { $0.role == .sink }
    for stage in report.stages { writer.add(.received, labels(stage), stage.received) }
    for stage in report.stages where stage.role != .sink {
      for port in stage.role.ports {
        writer.add(.sent, labels(stage) + [port.rawValue], stage.sent[port] ?? 0)
      }
    }
    for stage in sinks { writer.add(.written, labels(stage), stage.written) }
    for stage in sinks { writer.add(.undelivered, labels(stage), stage.undelivered) }
    for stage in report.stages where stage.role != .source {
      let left =
        stage.sent.values.reduce(0, +) + stage.written + stage.undelivered + stage.absorbed
        + stage.abandoned
      writer.add(.inside, labels(stage), max(0, stage.received - left))
    }
    for stage in report.stages {
      for metric in stage.findings.metrics {
        writer.add(.found, labels(stage) + [metric.name], metric.value)
      }
    }
    for stage in report.stages where stage.role == .source && stage.lag.count > 0 {
      writer.add(.lag, [stage.name], stage.lag)
    }
  }

  private func addChannels(to writer: inout OpenMetricsWriter) {
    let waits = waits.sorted { $0.key < $1.key }
    for (stage, wait) in waits { writer.add(.channelEvents, [stage], wait.events) }
    for (stage, wait) in waits { writer.add(.channelBatches, [stage], wait.batches) }
    for (stage, wait) in waits { writer.add(.channelCredits, [stage], wait.credits) }
    for (stage, wait) in waits {
      writer.add(.channelBlocked, [stage], Double(wait.blockedNanoseconds) / 1e9)
    }
    for stage in report.stages {
      if let spool = stage.spool { writer.add(.spool, [stage.name], spool.waiting) }
    }
  }

  private func addThresholds(to writer: inout OpenMetricsWriter) {
    for threshold in report.thresholds {
      guard let value = threshold.value else { continue }
      writer.add(.thresholdValue, [threshold.metric, threshold.condition], value)
    }
    for threshold in report.thresholds {
      writer.add(.thresholdHeld, [threshold.metric, threshold.condition], threshold.passed ? 1 : 0)
    }
  }

  private func addProcess(to writer: inout OpenMetricsWriter) {
    guard let process else { return }
    writer.add(.processor, [], process.processorSeconds)
    if let bytes = process.residentBytes { writer.add(.memory, [], bytes) }
    if let count = process.openFiles { writer.add(.files, [], count) }
    if let start = process.startSeconds { writer.add(.processStart, [], start) }
  }
}
