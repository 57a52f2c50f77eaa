import Histogram

/// Records durations in fixed memory; minimum, mean and maximum of what comes out are exact.
///
/// ```swift
/// var latency = DurationRecorder()
/// latency.record(1_200_000)
/// findings.add("latency", latency.distribution)
/// ```
public struct DurationRecorder: Sendable {
  /// How many digits of a duration count.
  public enum Precision: Sendable {
    /// Up to 22 kB.
    case two
    /// Up to 170 kB.
    case three
  }

  /// What is longer counts as this.
  private static let longest: Int64 = 7 * 86_400_000_000_000

  /// It grows with the longest duration.
  private var histogram: Histogram<UInt32>
  private var sum = 0.0
  private var minimum = Int64.max
  private var maximum = Int64.min

  /// Makes a recorder of nothing.
  ///
  /// - Parameter precision: how many digits of a duration count.
  public init(_ precision: Precision = .three) {
    histogram = Histogram(numberOfSignificantValueDigits: precision == .two ? .two : .three)
  }

  /// How much memory it takes, in bytes.
  package var bytes: Int { histogram.estimatedFootprintInBytes }

  /// The greatest duration that a recorder doesn't tell from one; up to there it counts exactly.
  ///
  /// - Parameters:
  ///   - nanoseconds: the duration.
  ///   - precision: that of the recorder.
  package static func edge(of nanoseconds: Int64, _ precision: Precision = .three) -> Int64 {
    let histogram = Histogram<UInt8>(
      numberOfSignificantValueDigits: precision == .two ? .two : .three)
    return Int64(clamping: histogram.highestEquivalentForValue(UInt64(max(0, nanoseconds))))
  }

  /// Records a duration; what is below zero counts as that, and what is above a week as a week in
  /// percentiles.
  ///
  /// - Parameter nanoseconds: the duration.
  public mutating func record(_ nanoseconds: Int64) {
    let value = max(0, nanoseconds)
    sum += Double(value)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    histogram.record(UInt64(min(value, Self.longest)))
  }

  /// The shape of what was recorded.
  public var distribution: Distribution {
    guard histogram.totalCount > 0 else { return Distribution() }
    let buckets = histogram.recordedValues().map { recorded in
      Distribution.Bucket(
        value: Int64(clamping: histogram.highestEquivalentForValue(recorded.value)),
        count: Int(recorded.count))
    }
    return Distribution(
      buckets: buckets, minimum: minimum, mean: sum / Double(histogram.totalCount),
      maximum: maximum)
  }

  /// Adds what another one of the same precision has recorded.
  package mutating func add(_ other: DurationRecorder) {
    histogram.add(other.histogram)
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }
}
