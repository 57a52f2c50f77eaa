/// A threshold and whether it held.
public struct ThresholdResult: Sendable, Equatable {
  /// The metric's name.
  public var metric: String
  /// The condition as it was written, such as `>= 0.99`.
  public var condition: String
  /// The metric's value; nil if the run has nothing to compute it from, which fails the threshold.
  public var value: Double?
  /// Whether it held.
  public var passed: Bool

  /// Makes a result.
  public init(metric: String, condition: String, value: Double?, passed: Bool) {
    self.metric = metric
    self.condition = condition
    self.value = value
    self.passed = passed
  }
}
