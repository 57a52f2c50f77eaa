import PatchbayCore
import PatchbayJSON

/// A run's numbers as metrics: counters are cumulative since the run's start.
struct OTLPMetrics {
  private let report: RunReport

  init(_ report: RunReport) { self.report = report }

  var all: [JSONValue] {
    let events = report.events
    var metrics = [
      sum(
        "patchbay.events", "{event}", "fate",
        [
          ("emitted", events.emitted), ("delivered", events.delivered),
          ("rejected", events.rejected),
          ("failed", events.failed), ("abandoned", events.abandoned),
        ])
    ]
    if let injection = report.injection {
      metrics += [
        sum(
          "patchbay.injection.events", "{event}", "outcome",
          [
            ("accepted", injection.accepted), ("failed", injection.failed),
            ("unknown", injection.unknown),
          ]),
        sum("patchbay.injection.attempts", "{attempt}", "", [("", injection.attempts)]),
        histogram(
          "patchbay.latency",
          [
            ("service", injection.latency), ("wire", injection.wire), ("queue", injection.queue),
            ("rate_limit", injection.rateLimit), ("token", injection.token),
            ("backoff", injection.backoff), ("own", injection.own),
            ("response", injection.response),
          ]),
      ]
    }
    metrics.append(
      sum(
        "patchbay.stage.received", "{event}", "stage", report.stages.map { ($0.name, $0.received) })
    )
    let sinks = report.stages.filter { $0.role == .sink }
    if !sinks.isEmpty {
      metrics += [
        sum("patchbay.stage.written", "{event}", "stage", sinks.map { ($0.name, $0.written) }),
        sum(
          "patchbay.stage.undelivered", "{event}", "stage", sinks.map { ($0.name, $0.undelivered) }),
      ]
    }
    let found = report.stages.flatMap { stage in
      stage.findings.metrics.map { ("\(stage.name).\($0.name)", $0.value) }
    }
    if !found.isEmpty { metrics.append(gauge("patchbay.stage.found", "metric", found)) }
    if !report.thresholds.isEmpty {
      metrics.append(
        gauge(
          "patchbay.threshold.held", "threshold",
          report.thresholds.map { ("\($0.metric) \($0.condition)", $0.passed ? 1 : 0) }))
    }
    metrics.append(gauge("patchbay.exit_code", "", [("", Double(report.exitCode.rawValue))]))
    return metrics
  }

  private func point(_ label: String, _ value: String, _ rest: [JSONValue.Member]) -> JSONValue {
    .object(
      [
        .init("attributes", OTLPValue.attributes([(label, label.isEmpty ? "" : value)])),
        .init("startTimeUnixNano", OTLPValue.time(report.run.startedAt)),
        .init("timeUnixNano", OTLPValue.time(report.run.finishedAt)),
      ] + rest)
  }

  private func sum(
    _ name: String, _ unit: String, _ label: String, _ values: [(String, Int)]
  ) -> JSONValue {
    [
      "name": .string(name), "unit": .string(unit),
      "sum": [
        "aggregationTemporality": 2, "isMonotonic": true,
        "dataPoints": .array(
          values.map { point(label, $0.0, [.init("asInt", OTLPValue.integer($0.1))]) }),
      ],
    ]
  }

  private func gauge(_ name: String, _ label: String, _ values: [(String, Double)]) -> JSONValue {
    [
      "name": .string(name), "unit": "1",
      "gauge": [
        "dataPoints": .array(
          values.filter(\.1.isFinite).map { point(label, $0.0, [.init("asDouble", .number($0.1))]) }
        )
      ],
    ]
  }

  private func histogram(_ name: String, _ shapes: [(String, Distribution)]) -> JSONValue {
    let points = shapes.filter { $0.1.count > 0 }.map { part, shape -> JSONValue in
      let steps = DurationSteps(shape)
      return point(
        "part", part,
        [
          .init("count", OTLPValue.integer(shape.count)),
          .init("sum", .number(shape.mean * Double(shape.count) / 1e9)),
          .init("min", .number(Double(shape.minimum) / 1e9)),
          .init("max", .number(Double(shape.maximum) / 1e9)),
          .init("bucketCounts", .array(steps.counts.map { OTLPValue.integer($0) })),
          .init("explicitBounds", .array(steps.bounds.map { .number(Double($0) / 1e9) })),
        ])
    }
    return [
      "name": .string(name), "unit": "s",
      "histogram": ["aggregationTemporality": 2, "dataPoints": .array(points)],
    ]
  }
}
