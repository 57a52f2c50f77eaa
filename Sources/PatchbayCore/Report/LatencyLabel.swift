/// What the latencies of a run can be told apart by.
public enum LatencyLabel: String, OptionChoice {
  /// The state that an event carries, such as `routing/agent/busy`.
  case state
  /// Where requests went, by method and path: `POST /api/v2/events/conversations`.
  case endpoint

  /// What it is.
  public var doc: String {
    switch self {
    case .state: "the state that an event carries"
    case .endpoint: "where requests went, by method and path"
    }
  }
}

/// The latencies of what shares a state or an endpoint.
public struct LabelledLatency: Sendable, Equatable {
  /// The state or the endpoint; `other` for all that were too many to be told apart.
  public var value: String
  /// Service times: of accepted events by state, of each of their attempts by endpoint.
  public var latency = Distribution()
  /// Response times of accepted events; by endpoint, of those whose last attempt went there.
  public var response = Distribution()

  /// Makes the latencies of nothing.
  public init(_ value: String) {
    self.value = value
  }

  /// The name for all that were too many to be told apart.
  public static let other = "other"
}

/// The name of a metric as a threshold has it: `latency.p99{state=routing/agent/busy}`.
package struct LabelledMetric: Sendable {
  /// `latency` or `response`.
  package let family: String
  package let statistic: Distribution.Statistic
  package let label: LatencyLabel
  package let value: String

  /// The families that can be told apart.
  private static let families = ["latency", "response"]

  /// Reads a name; nil if it isn't of that form.
  package init?(_ name: String) {
    guard let brace = name.firstIndex(of: "{"), name.last == "}" else { return nil }
    let base = name[..<brace].split(separator: ".", maxSplits: 1)
    let pair = name[name.index(after: brace)...].dropLast().split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard base.count == 2, Self.families.contains(String(base[0])), pair.count == 2,
      let statistic = Distribution.Statistic(rawValue: String(base[1])),
      let label = LatencyLabel(rawValue: String(pair[0])), !pair[1].isEmpty
    else { return nil }
    family = String(base[0])
    self.statistic = statistic
    self.label = label
    value = String(pair[1])
  }

  /// The value in a report, in milliseconds; nil if nothing was measured for it.
  package func value(in report: RunReport) -> Double? {
    guard let found = report.injection?.labelled[label]?.first(where: { $0.value == value })
    else { return nil }
    let shape = family == "latency" ? found.latency : found.response
    return shape.count > 0 ? shape[statistic] / 1_000_000 : nil
  }
}
