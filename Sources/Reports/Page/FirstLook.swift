import PatchbayCore

/// What a reader of a report should look at first, in order.
struct FirstLook {
  /// Something to look at.
  struct Point {
    enum Weight: String {
      case bad
      case doubtful
      case good
    }

    let weight: Weight
    let text: String
  }

  private static let mostOfAKind = 5

  let points: [Point]

  init(_ report: RunReport) {
    var points: [Point] = []
    func add(_ weight: Point.Weight, _ text: String) {
      points.append(Point(weight: weight, text: text))
    }
    for failure in report.failures.prefix(Self.mostOfAKind) { add(.bad, failure) }
    let moreFailures = report.failures.count - Self.mostOfAKind
    if moreFailures > 0 { add(.bad, "\(moreFailures) more failures, below") }
    if !report.events.isBalanced {
      add(
        .bad,
        "\(report.events.emitted) events were emitted and \(report.events.settled) accounted for")
    }
    for threshold in report.thresholds where !threshold.passed {
      let value =
        threshold.value.map { "it was \(Formats.value($0))" }
        ?? "there was nothing to compute it from"
      add(.bad, "\(threshold.metric) was to be \(threshold.condition): \(value)")
    }
    for line in report.leftovers { add(.bad, line) }
    for stage in report.stages {
      for transition in stage.findings.transitions.filter({ !$0.isAllowed }).prefix(
        Self.mostOfAKind)
      {
        add(
          .bad,
          "\(stage.name): \(transition.from) -> \(transition.to) is forbidden and came "
            + Self.times(transition.count))
      }
      for (reason, count) in Self.reasons(in: stage).prefix(Self.mostOfAKind) {
        add(.doubtful, "\(stage.name): \(reason) (\(count) of the events that are named)")
      }
    }
    for notice in report.notices { add(.doubtful, notice) }
    for stage in report.stages {
      let heat = TransitionHeat(stage.findings.transitions).coverage
      if heat.all > 0, heat.seen < heat.all {
        add(.doubtful, "\(stage.name): \(heat.seen) of \(heat.all) allowed transitions were seen")
      }
    }
    if points.isEmpty { add(.good, "Nothing failed, and nothing is left to look into.") }
    self.points = points
  }

  private static func times(_ count: Int) -> String {
    count == 1 ? "once" : "\(Formats.grouped(count)) times"
  }

  /// Why events weren't accepted, the most frequent reason first.
  private static func reasons(in stage: StageReport) -> [(String, Int)] {
    var counts: [String: Int] = [:]
    for reason in stage.findings.events.compactMap(\.reason) { counts[reason, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  }
}
