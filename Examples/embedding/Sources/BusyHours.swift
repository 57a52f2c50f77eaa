import PatchbayKit

/// Counts events by the hour of the day in which they happened: a stage of this program's own.
struct BusyHours: Correlator {
  static let type = "busy-hours"
  static let doc = "Counts events by the hour of the day, UTC."
  static let metrics = [MetricDeclaration("peak", doc: "Events in the busiest hour.")]

  private var counts: [String: Int] = [:]

  var reach: StageReach { .context }

  init(_ options: NoOptions) {}

  mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation {
    // 2026-01-31T09:30:00.000000000Z
    let hour = batch.timestampText(of: event).dropFirst(11).prefix(2)
    counts[String(hour), default: 0] += 1
    return .pass
  }

  func findings() -> Findings {
    var findings = Findings()
    findings["peak"] = Double(counts.values.max() ?? 0)
    findings.tables = [
      .init(
        title: "events by hour", columns: ["hour", "events"],
        rows: counts.sorted { $0.key < $1.key }.map { [$0.key, String($0.value)] })
    ]
    return findings
  }
}

/// What a configuration of this program may name beside the general stages.
enum OwnStages: PluginModule {
  static var stages: [any Stage.Type] { [BusyHours.self] }
}
