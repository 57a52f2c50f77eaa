import PatchbayCore
import Testing

struct MetricCatalogTests {
  /// A distribution whose numbers are told apart, in nanoseconds.
  private static func distribution(_ base: Int64) -> Distribution {
    let counts: [(Int64, Int)] = [
      (300, 500), (400, 400), (500, 50), (600, 40), (650, 9), (700, 1),
    ]
    return Distribution(
      buckets: counts.map { .init(value: base * 1_000_000 + $0.0 * 1_000, count: $0.1) },
      minimum: base * 1_000_000 + 100_000, mean: Double(base) * 1_000_000 + 200_000,
      maximum: base * 1_000_000 + 700_000)
  }

  private static func stage(
    _ name: String, _ role: StageRole, _ metrics: KeyValuePairs<String, Double>
  ) -> StageReport {
    var stage = StageReport(name: name, role: role, type: "sample")
    for (metric, value) in metrics { stage.findings[metric] = value }
    return stage
  }

  private static var report: RunReport {
    var report = RunReport.sample()
    report.events.emitted = 100
    report.events.delivered = 80
    report.events.rejected = 10
    report.events.failed = 7
    report.events.abandoned = 3
    var injection = InjectionReport()
    injection.attempted = 40
    injection.accepted = 30
    injection.failed = 8
    injection.unknown = 2
    injection.attempts = 55
    injection.latency = distribution(1)
    injection.wire = distribution(2)
    injection.queue = distribution(3)
    injection.rateLimit = distribution(4)
    injection.backoff = distribution(5)
    injection.response = distribution(6)
    injection.token = distribution(7)
    injection.own = distribution(8)
    report.injection = injection
    report.stages = [
      stage("pairs", .correlator, ["matched": 5, "missing": 1]),
      stage("states", .correlator, ["matched": 7]),
      stage("events", .sink, ["matched": 100, "a.b": 4]),
    ]
    return report
  }

  @Test func `every metric has its value`() {
    let report = Self.report
    let lines = MetricCatalog.entries.map { entry in
      "\(entry.name) \(MetricCatalog.value(of: entry.name, in: report).map { "\($0)" } ?? "nil")"
    }
    #expect(
      lines == [
        "events.emitted 100.0", "events.delivered 80.0", "events.rejected 10.0",
        "events.failed 7.0", "events.abandoned 3.0", "injection.attempted 40.0",
        "injection.accepted 30.0", "injection.failed 8.0", "injection.unknown 2.0",
        "injection.attempts 55.0", "injection.success_rate 0.75",
        "latency.min 1.1", "latency.avg 1.2", "latency.p50 1.3", "latency.p90 1.4",
        "latency.p95 1.5", "latency.p99 1.6",
        "latency.p99_9 1.65", "latency.max 1.7",
        "wire.min 2.1", "wire.avg 2.2", "wire.p50 2.3", "wire.p90 2.4", "wire.p95 2.5",
        "wire.p99 2.6",
        "wire.p99_9 2.65", "wire.max 2.7",
        "queue.min 3.1", "queue.avg 3.2", "queue.p50 3.3", "queue.p90 3.4", "queue.p95 3.5",
        "queue.p99 3.6",
        "queue.p99_9 3.65", "queue.max 3.7",
        "rate_limit.min 4.1", "rate_limit.avg 4.2", "rate_limit.p50 4.3", "rate_limit.p90 4.4",
        "rate_limit.p95 4.5", "rate_limit.p99 4.6",
        "rate_limit.p99_9 4.65", "rate_limit.max 4.7",
        "token.min 7.1", "token.avg 7.2", "token.p50 7.3", "token.p90 7.4", "token.p95 7.5",
        "token.p99 7.6", "token.p99_9 7.65", "token.max 7.7",
        "backoff.min 5.1", "backoff.avg 5.2", "backoff.p50 5.3", "backoff.p90 5.4",
        "backoff.p95 5.5", "backoff.p99 5.6",
        "backoff.p99_9 5.65", "backoff.max 5.7",
        "own.min 8.1", "own.avg 8.2", "own.p50 8.3", "own.p90 8.4", "own.p95 8.5",
        "own.p99 8.6", "own.p99_9 8.65", "own.max 8.7",
        "response.min 6.1", "response.avg 6.2", "response.p50 6.3", "response.p90 6.4",
        "response.p95 6.5", "response.p99 6.6",
        "response.p99_9 6.65", "response.max 6.7",
      ])
  }

  @Test func `a run without injectors has no injection metrics`() {
    var report = Self.report
    report.injection = nil
    for entry in MetricCatalog.entries {
      let hasValue = MetricCatalog.value(of: entry.name, in: report) != nil
      #expect(hasValue == entry.name.hasPrefix("events."), "\(entry.name)")
    }
  }

  @Test func `nothing accepted has no latency, nothing attempted no rate`() {
    var report = Self.report
    report.injection = InjectionReport()
    #expect(MetricCatalog.value(of: "injection.attempted", in: report) == 0)
    #expect(MetricCatalog.value(of: "injection.success_rate", in: report) == nil)
    #expect(MetricCatalog.value(of: "latency.p99", in: report) == nil)
    report.injection?.attempted = 4
    #expect(MetricCatalog.value(of: "injection.success_rate", in: report) == 0)
  }

  @Test(
    arguments: [
      ("correlation.matched", 12), ("correlation.missing", 1), ("correlation.other", nil),
      ("pairs.matched", 5), ("states.matched", 7), ("states.missing", nil), ("events.matched", 100),
      ("events.a.b", 4), ("nobody.matched", nil), ("matched", nil), ("", nil), (".", nil),
      ("pairs.", nil), ("events.emitted", 100),
    ] as [(String, Double?)])
  func `a stage's findings are found under its name`(name: String, value: Double?) {
    #expect(MetricCatalog.value(of: name, in: Self.report) == value)
  }

  @Test func `every metric says what it is`() {
    let entries = MetricCatalog.entries
    #expect(Set(entries.map(\.name)).count == entries.count)
    #expect(entries.allSatisfy { $0.doc.hasSuffix(".") })
    let docs = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.doc) })
    #expect(docs["events.rejected"] == "Events that left by a `.rejected` port.")
    #expect(
      docs["latency.p99"]
        == "Service time of accepted events: their last attempt on the wire: 99th percentile, "
        + "in milliseconds.")
  }
}
