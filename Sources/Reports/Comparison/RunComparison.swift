public import PatchbayCore

/// What is different between two runs: in their verdicts, what became of events, which transitions happened, and how
/// long events took.
public struct RunComparison: Sendable {
  /// Something that both runs have, and how it stands in each.
  public struct Line: Sendable, Equatable {
    /// What it is, such as `events.rejected`.
    public var name: String
    /// How it is in the first run.
    public var first: String
    /// How it is in the second.
    public var second: String
    /// What the difference comes to, in words; nil if there is none.
    public var difference: String?
  }

  /// How unlikely a difference of durations must be by chance.
  static let mostChance = 0.01
  /// How large it must be, as a part of the first run's: what is smaller is nobody's concern.
  static let leastShift = 0.02

  /// The reports, in order.
  public let reports: (first: RunReport, second: RunReport)
  /// Verdicts and counts.
  public let outcomes: [Line]
  /// Transitions of state machines that didn't happen as often in both, by stage.
  public let transitions: [Line]
  /// Durations: half of the events took at most so long.
  public let durations: [Line]

  /// Compares two runs.
  public init(_ first: RunReport, _ second: RunReport) {
    reports = (first, second)
    outcomes = Self.outcomes(first, second)
    transitions = Self.transitions(first, second)
    durations = Self.durations(first, second)
  }

  /// Everything that is different.
  public var differences: [Line] {
    (outcomes + transitions + durations).filter { $0.difference != nil }
  }

  /// Whether nothing is different.
  public var isSame: Bool { differences.isEmpty }

  // MARK: What is compared

  private static func outcomes(_ first: RunReport, _ second: RunReport) -> [Line] {
    var lines = [
      line("exit code", first.exitCode.rawValue, second.exitCode.rawValue),
      line("ending", first.run.ending.rawValue, second.run.ending.rawValue),
      count("events.emitted", first.events.emitted, second.events.emitted),
      count("events.delivered", first.events.delivered, second.events.delivered),
      count("events.rejected", first.events.rejected, second.events.rejected),
      count("events.failed", first.events.failed, second.events.failed),
      count("events.abandoned", first.events.abandoned, second.events.abandoned),
    ]
    if let one = first.injection, let other = second.injection {
      lines += [
        count("injection.accepted", one.accepted, other.accepted),
        count("injection.failed", one.failed, other.failed),
        count("injection.unknown", one.unknown, other.unknown),
        count("injection.attempts", one.attempts, other.attempts),
      ]
    }
    lines += stages(first, second)
    let results = { (report: RunReport) in
      Dictionary(report.thresholds.map { ("\($0.metric) \($0.condition)", $0) }) { one, _ in one }
    }
    let (one, other) = (results(first), results(second))
    for name in Set(one.keys).union(other.keys).sorted() {
      lines.append(line(name, word(one[name]), word(other[name])))
    }
    return lines
  }

  private static func word(_ result: ThresholdResult?) -> String {
    result.map { $0.passed ? "held" : "failed" } ?? "not there"
  }

  /// The stages' own numbers, as far as both have them.
  private static func stages(_ first: RunReport, _ second: RunReport) -> [Line] {
    let others = Dictionary(second.stages.map { ($0.name, $0) }) { one, _ in one }
    let names = Set(first.stages.map(\.name))
    var lines = first.stages.flatMap { stage -> [Line] in
      guard let other = others[stage.name] else {
        return [line("stage \(stage.name)", stage.type, "not there")]
      }
      return stage.findings.metrics.compactMap { metric in
        // Times that were waited are no counts, and are never the same.
        guard let value = other.findings[metric.name], !metric.name.hasSuffix("_ms") else {
          return nil
        }
        return number("\(stage.name).\(metric.name)", metric.value, value)
      }
    }
    for stage in second.stages where !names.contains(stage.name) {
      lines.append(line("stage \(stage.name)", "not there", stage.type))
    }
    return lines
  }

  /// Only of stages that have told of transitions in both: older reports don't.
  private static func transitions(_ first: RunReport, _ second: RunReport) -> [Line] {
    first.stages.sorted { $0.name < $1.name }.flatMap { stage -> [Line] in
      guard let other = second.stages.first(where: { $0.name == stage.name })?.findings.transitions,
        !other.isEmpty, !stage.findings.transitions.isEmpty
      else { return [] }
      let (one, two) = (counts(stage.findings.transitions), counts(other))
      // What isn't in a list that was cut may have happened all the same.
      let isCut = [stage.findings.transitions, other].contains {
        $0.count >= Findings.Transition.most
      }
      let steps = Set(one.keys).union(two.keys).sorted { $0.lexicographicallyPrecedes($1) }
      return steps.compactMap { step in
        if isCut, one[step] == nil || two[step] == nil { return nil }
        return count("\(stage.name): \(step[0]) -> \(step[1])", one[step] ?? 0, two[step] ?? 0)
      }.filter { $0.difference != nil }
    }
  }

  private static func counts(_ transitions: [Findings.Transition]) -> [[String]: Int] {
    Dictionary(transitions.map { ([$0.from, $0.to], $0.count) }) { one, _ in one }
  }

  private static func durations(_ first: RunReport, _ second: RunReport) -> [Line] {
    var pairs: [(String, Distribution, Distribution)] = []
    if let one = first.injection, let other = second.injection {
      pairs += [
        ("latency", one.latency, other.latency), ("response", one.response, other.response),
      ]
      for label in LatencyLabel.allCases {
        let others = Dictionary((other.labelled[label] ?? []).map { ($0.value, $0) }) { one, _ in
          one
        }
        for labelled in one.labelled[label] ?? [] {
          guard let match = others[labelled.value] else { continue }
          let name = "latency{\(label.rawValue)=\(labelled.value)}"
          pairs.append((name, labelled.latency, match.latency))
        }
      }
    }
    for stage in first.stages {
      let other = second.stages.first { $0.name == stage.name }
      for shape in stage.findings.shapes {
        guard let match = other?.findings.shapes.first(where: { $0.name == shape.name }) else {
          continue
        }
        pairs.append(("\(stage.name).\(shape.name)", shape.distribution, match.distribution))
      }
    }
    return pairs.compactMap { duration($0, $1, $2) }
  }

  // MARK: Lines

  private static func line<Value: Equatable>(
    _ name: String, _ first: Value, _ second: Value
  ) -> Line {
    Line(
      name: name, first: "\(first)", second: "\(second)",
      difference: first == second ? nil : "different")
  }

  private static func count(_ name: String, _ first: Int, _ second: Int) -> Line {
    number(name, Double(first), Double(second))
  }

  private static func number(_ name: String, _ first: Double, _ second: Double) -> Line {
    let change = second - first
    let sign = change > 0 ? "+" : ""
    return Line(
      name: name, first: Formats.value(first), second: Formats.value(second),
      difference: change == 0 ? nil : "\(sign)\(Formats.value(change))")
  }

  /// Two shapes; nil if neither has anything.
  private static func duration(_ name: String, _ first: Distribution, _ second: Distribution)
    -> Line?
  {
    guard first.count > 0 || second.count > 0 else { return nil }
    let median = { (shape: Distribution) in
      shape.count == 0
        ? "nothing" : "\(Formats.duration(shape[.p50])) (p99 \(Formats.duration(shape[.p99])))"
    }
    var line = Line(name: name, first: median(first), second: median(second))
    guard first.count > 0, second.count > 0 else {
      line.difference = "measured in one of them alone"
      return line
    }
    guard let test = RankTest(first, second), test.chance < mostChance else { return line }
    // Median and mean: durations of which half are equal can still be longer on the average.
    let shifts = [
      shift(first[.p50], second[.p50]), shift(first.mean, second.mean),
    ]
    let largest = shifts.max { abs($0) < abs($1) } ?? 0
    guard abs(largest) >= leastShift else { return line }
    let isLonger = test.superiority > 0.5
    let share = isLonger ? test.superiority : 1 - test.superiority
    line.difference = """
      the second is \(isLonger ? "slower" : "faster"): median \(percent(shifts[0])), mean \(percent(shifts[1])), \
      the \(isLonger ? "longer" : "shorter") one in \(Formats.decimal(share * 100, 1))% of pairs \
      (by chance: \(test.chance < 0.001 ? "less than 0.1%" : Formats.decimal(test.chance * 100, 1) + "%"))
      """
    return line
  }

  private static func shift(_ first: Double, _ second: Double) -> Double {
    first > 0 ? second / first - 1 : second > 0 ? .infinity : 0
  }

  private static func percent(_ shift: Double) -> String {
    guard shift.isFinite else { return "from nothing" }
    return (shift > 0 ? "+" : "") + Formats.decimal(shift * 100, 1) + "%"
  }
}
