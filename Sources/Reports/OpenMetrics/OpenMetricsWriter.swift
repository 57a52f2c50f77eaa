import PatchbayCore

/// Writes metrics as OpenMetrics 1.0 has them.
///
/// <https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md>: the samples of a family stand
/// together, behind its type, unit and help.
struct OpenMetricsWriter {
  private(set) var text = ""
  private var current: String?

  /// Adds a sample.
  ///
  /// - Parameters:
  ///   - family: what it belongs to; all of its samples come one after the other.
  ///   - labels: the values of its labels, in their order.
  mutating func add(_ family: MetricFamily, _ labels: [String] = [], _ value: Double) {
    begin(family)
    let suffix = family.kind == .counter ? "_total" : family.kind == .info ? "_info" : ""
    line(family.name + suffix, pairs(family, labels), Self.number(value))
  }

  /// Adds a sample that is a whole number.
  mutating func add(_ family: MetricFamily, _ labels: [String] = [], _ value: Int) {
    add(family, labels, Double(value))
  }

  /// Adds a shape of durations.
  mutating func add(
    _ family: MetricFamily, _ labels: [String], _ shape: Distribution,
    precision: DurationRecorder.Precision = .three
  ) {
    begin(family)
    let pairs = pairs(family, labels)
    let steps = DurationSteps(shape, precision: precision)
    var count = 0
    for (bound, more) in zip(steps.bounds, steps.counts) {
      count += more
      line(
        "\(family.name)_bucket", pairs + [("le", Self.number(Double(bound) / 1e9))], String(count))
    }
    line("\(family.name)_bucket", pairs + [("le", "+Inf")], String(shape.count))
    line("\(family.name)_count", pairs, String(shape.count))
    line("\(family.name)_sum", pairs, Self.number(shape.mean * Double(shape.count) / 1e9))
  }

  /// Ends the text.
  mutating func end() { text += "# EOF\n" }

  private mutating func begin(_ family: MetricFamily) {
    if current == family.name { return }
    current = family.name
    text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    if let unit = family.unit { text += "# UNIT \(family.name) \(unit)\n" }
    text += "# HELP \(family.name) \(Self.escaped(family.help))\n"
  }

  private func pairs(_ family: MetricFamily, _ values: [String]) -> [(String, String)] {
    Array(zip(family.labels, values))
  }

  private mutating func line(_ name: String, _ pairs: [(String, String)], _ value: String) {
    text += name
    if !pairs.isEmpty {
      text += "{" + pairs.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",") + "}"
    }
    text += " \(value)\n"
  }

  /// What stands between quotes, or is a help.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in KnownSecrets.masked(text).unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default:
        result.unicodeScalars.append(
          scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }

  /// A number as Go and Python read it.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
    return "\(value)"
  }
}
