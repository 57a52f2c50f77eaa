import Histogram
import PatchbayCore

/// A histogram of nanoseconds with three significant digits; minimum, mean and maximum are exact.
struct DurationRecording: Sendable {
  private static let longest: Int64 = 7 * 86_400_000_000_000

  private var histogram = Histogram<UInt32>(
    highestTrackableValue: UInt64(DurationRecording.longest), numberOfSignificantValueDigits: .three
  )
  private var sum = 0.0
  private var minimum = Int64.max
  private var maximum = Int64.min

  mutating func record(_ nanoseconds: Int64) {
    let value = max(0, nanoseconds)
    sum += Double(value)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    histogram.record(UInt64(min(value, Self.longest)))
  }

  var distribution: Distribution {
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

  mutating func clear() {
    if histogram.totalCount == 0 { return }
    histogram.reset()
    (sum, minimum, maximum) = (0, .max, .min)
  }
}
