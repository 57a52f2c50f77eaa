package import PatchbayCore

/// A condition that a run's metric must meet.
public struct Threshold: Sendable, Equatable {
  /// How a metric is compared.
  enum Comparison: String, CaseIterable, Sendable {
    // Longer signs first: the text is matched in this order.
    case atMost = "<="
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
    case below = "<"
    case above = ">"

    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atMost: value <= bound
      case .atLeast: value >= bound
      case .equal: value == bound
      case .unequal: value != bound
      case .below: value < bound
      case .above: value > bound
      }
    }
  }

  /// The metric's name.
  public let metric: String
  /// The condition as it was written.
  public let condition: String
  /// Whether the run ends as soon as it is lost.
  public private(set) var aborts = false
  /// How long the run goes on before it may be ended by it, on the run's clock.
  public private(set) var after = Duration.zero
  private let comparison: Comparison
  private let bound: Double

  /// Reads a condition such as `>= 0.99`; nil if it isn't one.
  package init?(metric: String, condition: String) {
    guard let comparison = Comparison.allCases.first(where: { condition.hasPrefix($0.rawValue) })
    else { return nil }
    let number = condition.dropFirst(comparison.rawValue.count).drop { $0 == " " }
    let isPlain = number.utf8.allSatisfy { "0123456789.-".utf8.contains($0) }
    guard isPlain, let bound = Double(String(number)), bound.isFinite else { return nil }
    self.metric = metric
    self.condition = condition
    self.comparison = comparison
    self.bound = bound
  }

  /// The condition and what it does, such as `< 250, ends the run after 30s`.
  package var description: String {
    guard aborts else { return condition }
    return condition + ", ends the run" + (after > .zero ? " after \(after.optionText)" : "")
  }

  /// The threshold, which ends the run as soon as it is lost.
  ///
  /// - Parameter after: not before this time of the run, on its clock.
  func aborting(after: Duration) -> Threshold {
    var threshold = self
    threshold.aborts = true
    threshold.after = after
    return threshold
  }

  /// Whether a run met it; a metric without a value doesn't.
  package func check(_ report: RunReport) -> ThresholdResult {
    let value = MetricCatalog.value(of: metric, in: report)
    return ThresholdResult(
      metric: metric, condition: condition, value: value,
      passed: value.map { comparison.holds($0, bound) } ?? false)
  }
}
