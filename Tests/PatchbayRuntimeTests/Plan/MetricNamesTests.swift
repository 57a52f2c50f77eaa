import PatchbayCore
import PatchbayRuntime
import Testing

/// What a name of no metric probably means.
struct MetricNamesTests {
  private static let names = MetricNames.of([
    ("desk", .source, [MetricDeclaration("dropped", doc: "Dropped.")]),
    ("inject", .injector, []),
    ("states", .correlator, [MetricDeclaration("mismatches", doc: "Mismatches.")]),
  ])

  @Test(arguments: [
    ("events.emited", "events.emitted"), ("injection.p95", "latency.p95"),
    ("injection.p95_ms", "latency.p95"), ("injection.latency_p95", "latency.p95"),
    ("send.latency_p95", "latency.p95"), ("corelation.mismatches", "correlation.mismatches"),
    ("injection.sucess_rate", "injection.success_rate"), ("desk.lagg.max", "desk.lag.max"),
    ("latency.p98", "latency.p90"), ("zzz", nil), ("success_rate", "injection.success_rate"),
    ("mismatches", "states.mismatches"), ("sucess_rate", "injection.success_rate"),
  ])
  func `the figure counts more than the group`(name: String, meant: String?) {
    #expect(MetricNames.nearest(to: name, among: Self.names) == meant)
  }

  @Test func `a metric that has another name now is known by it`() {
    #expect(MetricNames.successor(of: "desk.lag_ms", among: Self.names) == "desk.lag.max")
    #expect(MetricNames.successor(of: "inject.lag_ms", among: Self.names) == nil)
    #expect(MetricNames.successor(of: "desk.lag", among: Self.names) == nil)
  }

  @Test func `without an injector there is no injection`() {
    #expect(MetricNames.of([]).allSatisfy { $0.hasPrefix("events.") })
    #expect(Self.names.contains("correlation.mismatches"))
  }
}
