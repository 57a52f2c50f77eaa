/// The metrics that every run has, under the names that thresholds use.
///
/// `docs/metrics.md` is written from here.
public enum MetricCatalog {
  /// A metric and how it is computed.
  public struct Entry: Sendable {
    /// The name, `group.name`.
    public let name: String
    /// The formula in words, with its unit.
    public let doc: String
    let value: @Sendable (RunReport) -> Double?
  }

  /// All of them, grouped.
  public static let entries: [Entry] =
    eventEntries + injectionEntries + latencyEntries

  /// Their names.
  package static let names = Set(entries.map(\.name))

  /// The value of a metric: one of the catalogue, `latency.*` or `response.*` with a label such as
  /// `latency.p99{state=routing/agent/busy}`, `correlation.<name>` for the sum over all
  /// correlators, or `<stage>.<name>`; nil if the run has nothing to compute it from.
  public static func value(of name: String, in report: RunReport) -> Double? {
    if let metric = LabelledMetric(name) { return metric.value(in: report) }
    if let entry = entries.first(where: { $0.name == name }) { return entry.value(report) }
    guard let dot = name.firstIndex(of: ".") else { return nil }
    let owner = name[..<dot]
    let metric = String(name[name.index(after: dot)...])
    let owners = report.stages.filter {
      owner == "correlation" ? $0.role == .correlator : $0.name == owner
    }
    let values = owners.compactMap {
      $0.findings[metric] ?? $0.spool?[metric]
        // Of several correlators' figures there is no sum that means anything.
        ?? (owner == "correlation" ? nil : figure(metric, of: $0))
    }
    return values.isEmpty ? nil : values.reduce(0, +)
  }

  /// What thresholds can be set on for every source.
  package static let sourceMetrics = figures(
    of: MetricDeclaration("lag", doc: "How long after their intended times events left."))

  /// The metrics of a shape of durations that a stage declares.
  package static func figures(of shape: MetricDeclaration) -> [MetricDeclaration] {
    Distribution.Statistic.allCases.map { statistic in
      MetricDeclaration(
        "\(shape.name).\(statistic.rawValue)",
        doc: "\(shape.doc.dropLast(shape.doc.hasSuffix(".") ? 1 : 0)): \(statistic.doc), in "
          + "milliseconds.")
    }
  }

  private static func figure(_ metric: String, of stage: StageReport) -> Double? {
    let parts = metric.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let statistic = Distribution.Statistic(rawValue: String(parts[1]))
    else { return nil }
    let shape =
      parts[0] == "lag" && stage.role == .source
      ? stage.lag : stage.findings.shapes.first { $0.name == parts[0] }?.distribution
    guard let shape, shape.count > 0 else { return nil }
    return shape[statistic] / 1_000_000
  }

  private static let eventEntries = [
    Entry(name: "events.emitted", doc: "Events that sources sent in, bad records included.") {
      Double($0.events.emitted)
    },
    Entry(name: "events.delivered", doc: "Events that every sink they reached took.") {
      Double($0.events.delivered)
    },
    Entry(name: "events.rejected", doc: "Events that left by a `.rejected` port.") {
      Double($0.events.rejected)
    },
    Entry(
      name: "events.failed",
      doc: "Events that left by a `.failed` port or that a sink refused for good."
    ) { Double($0.events.failed) },
    Entry(name: "events.abandoned", doc: "Events still inside when the run ended.") {
      Double($0.events.abandoned)
    },
  ]

  private static let injectionEntries = [
    Entry(name: "injection.attempted", doc: "Events given to injectors.") {
      $0.injection.map { Double($0.attempted) }
    },
    Entry(name: "injection.accepted", doc: "Events whose target took them.") {
      $0.injection.map { Double($0.accepted) }
    },
    Entry(name: "injection.failed", doc: "Events refused for good or after all retries.") {
      $0.injection.map { Double($0.failed) }
    },
    Entry(
      name: "injection.unknown",
      doc: "Events with an unanswered attempt and none accepted later."
    ) { $0.injection.map { Double($0.unknown) } },
    Entry(
      name: "injection.attempts", doc: "Attempts: one for each event and each request carrying it."
    ) { $0.injection.map { Double($0.attempts) } },
    Entry(
      name: "injection.success_rate", doc: "injection.accepted / injection.attempted, 0 to 1."
    ) { $0.injection?.successRate },
  ]

  private static let latencyEntries: [Entry] = [
    family("latency", "Service time of accepted events: their last attempt on the wire") {
      $0.latency
    },
    family("wire", "All attempts of accepted events on the wire") { $0.wire },
    family("queue", "From the intended send time to the first attempt, accepted events") {
      $0.queue
    },
    family("rate_limit", "Waits for the target's rate limit, accepted events") { $0.rateLimit },
    family("token", "Waits for a token, accepted events") { $0.token },
    family("backoff", "Other waits between attempts, accepted events") { $0.backoff },
    family("own", "What the program itself took in between, accepted events") { $0.own },
    family("response", "From the intended send time to the end of the last attempt") {
      $0.response
    },
  ].flatMap { $0 }

  private static func family(
    _ name: String, _ doc: String, _ pick: @escaping @Sendable (InjectionReport) -> Distribution
  ) -> [Entry] {
    Distribution.Statistic.allCases.map { statistic in
      Entry(
        name: "\(name).\(statistic.rawValue)", doc: "\(doc): \(statistic.doc), in milliseconds."
      ) { report in
        guard let distribution = report.injection.map(pick), distribution.count > 0
        else { return nil }
        return distribution[statistic] / 1_000_000
      }
    }
  }
}
