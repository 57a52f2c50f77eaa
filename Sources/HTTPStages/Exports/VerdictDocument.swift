import PatchbayCore
import PatchbayJSON

/// A run's verdict in short: what fits into an envelope.
struct VerdictDocument: Sendable {
  /// How many failures are named, and how long each is at the most.
  private static let mostLines = 20
  private static let longestLine = 500

  let json: JSONValue

  init(_ report: RunReport) {
    var members: [JSONValue.Member] = [
      .init("run_id", .string(report.run.id.description)),
      .init("pipeline", .string(report.run.name)),
      .init("exit_code", .integer(Int(report.exitCode.rawValue))),
      .init("ending", .string(report.run.ending.rawValue)),
      .init("seed", .string(String(report.run.seed))),
      .init("started_at", .string(report.run.startedAt.description)),
      .init("finished_at", .string(report.run.finishedAt.description)),
      .init(
        "events",
        [
          "emitted": .integer(report.events.emitted),
          "delivered": .integer(report.events.delivered),
          "rejected": .integer(report.events.rejected), "failed": .integer(report.events.failed),
          "abandoned": .integer(report.events.abandoned),
        ]),
    ]
    if let injection = report.injection {
      members.append(.init("injection", Self.json(injection)))
    }
    if let mismatches = MetricCatalog.value(of: "correlation.mismatches", in: report) {
      members.append(.init("mismatches", .number(mismatches)))
    }
    members += [
      .init(
        "thresholds",
        .array(
          report.thresholds.map { threshold in
            [
              "metric": .string(threshold.metric), "condition": .string(threshold.condition),
              "value": threshold.value.map { .number($0) } ?? .null,
              "passed": .bool(threshold.passed),
            ]
          })),
      .init(
        "failures",
        .array(
          report.failures.prefix(Self.mostLines).map {
            .string(OutsideText.shown($0, longest: Self.longestLine))
          })),
    ]
    json = .object(members)
  }

  private static func json(_ injection: InjectionReport) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("attempted", .integer(injection.attempted)),
      .init("accepted", .integer(injection.accepted)), .init("failed", .integer(injection.failed)),
      .init("unknown", .integer(injection.unknown)),
    ]
    for (name, shape) in [("latency", injection.latency), ("response", injection.response)]
    where shape.count > 0 {
      members.append(
        .init(
          name,
          .object(
            Distribution.Statistic.allCases.map {
              .init("\($0.rawValue)_ms", .number(shape[$0] / 1_000_000))
            })))
    }
    return .object(members)
  }
}
