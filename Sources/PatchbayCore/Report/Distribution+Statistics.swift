extension Distribution {
  /// A figure that says something of a shape; summaries, metrics and `report.json` list all of them.
  public enum Statistic: String, Sendable, CaseIterable {
    /// The least.
    case minimum = "min"
    /// The arithmetic mean.
    case mean = "avg"
    /// Half were at most this.
    case p50
    /// 90 % were at most this.
    case p90
    /// 95 % were at most this.
    case p95
    /// 99 % were at most this.
    case p99
    /// 99.9 % were at most this.
    case p999 = "p99_9"
    /// The greatest.
    case maximum = "max"

    /// What it is, in words.
    public var doc: String {
      switch self {
      case .minimum: "least"
      case .mean: "mean"
      case .p50: "median"
      case .p90: "90th percentile"
      case .p95: "95th percentile"
      case .p99: "99th percentile"
      case .p999: "99.9th percentile"
      case .maximum: "greatest"
      }
    }

    /// What it is called in a table.
    public var heading: String { self == .p999 ? "p99.9" : rawValue }

    /// The percentile that it is; nil if it is none.
    var percent: Double? {
      switch self {
      case .p50: 50
      case .p90: 90
      case .p95: 95
      case .p99: 99
      case .p999: 99.9
      case .minimum, .mean, .maximum: nil
      }
    }
  }

  /// A figure, in nanoseconds.
  public subscript(statistic: Statistic) -> Double {
    switch statistic {
    case .minimum: Double(minimum)
    case .mean: mean
    case .maximum: Double(maximum)
    case .p50, .p90, .p95, .p99, .p999: Double(percentile(statistic.percent ?? 0))
    }
  }
}
