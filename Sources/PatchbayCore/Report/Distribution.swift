/// The shape of a set of durations, in nanoseconds: what percentiles are computed from, so that shapes
/// of several runs can be put together.
public struct Distribution: Sendable, Equatable {
  /// Durations that are taken for the same: their first three digits are.
  public struct Bucket: Sendable, Equatable {
    /// The greatest of them.
    public let value: Int64
    /// How many there are.
    public var count: Int

    /// Makes a bucket.
    public init(value: Int64, count: Int) {
      self.value = value
      self.count = count
    }
  }

  /// How many there were; everything else is 0 if this is.
  public private(set) var count = 0
  /// The least, exact.
  public private(set) var minimum: Int64 = 0
  /// The arithmetic mean, exact.
  public private(set) var mean: Double = 0
  /// The greatest, exact.
  public private(set) var maximum: Int64 = 0
  /// The durations by size, those that don't occur left out.
  public private(set) var buckets: [Bucket] = []

  /// Makes the shape of nothing.
  public init() {}

  /// Makes a shape.
  ///
  /// - Parameters:
  ///   - buckets: the durations by size, each value once.
  ///   - minimum: the least duration.
  ///   - mean: the arithmetic mean.
  ///   - maximum: the greatest duration.
  public init(buckets: [Bucket], minimum: Int64, mean: Double, maximum: Int64) {
    self.buckets = buckets
    count = buckets.reduce(0) { $0 + $1.count }
    guard count > 0 else { return }
    self.minimum = minimum
    self.mean = mean
    self.maximum = maximum
  }

  /// The duration that so many percent were at most, to three significant digits; 0 of nothing.
  ///
  /// - Parameter percent: from 0 to 100.
  public func percentile(_ percent: Double) -> Int64 {
    // One unit of rounding less, so that 99 % of 100 is 99 and not 100.
    let wanted = (min(max(percent.nextDown, 0), 100) * Double(count) / 100).rounded(.up)
    var seen = 0
    for bucket in buckets {
      seen += bucket.count
      if Double(seen) >= max(1, wanted) { return min(max(bucket.value, minimum), maximum) }
    }
    return maximum
  }

  /// Adds the durations of another shape.
  public mutating func merge(_ other: Distribution) {
    guard other.count > 0 else { return }
    let all = count + other.count
    let sum = mean * Double(count) + other.mean * Double(other.count)
    minimum = count == 0 ? other.minimum : min(minimum, other.minimum)
    maximum = count == 0 ? other.maximum : max(maximum, other.maximum)
    mean = sum / Double(all)
    count = all
    buckets = Self.merged(buckets, other.buckets)
  }

  private static func merged(_ one: [Bucket], _ other: [Bucket]) -> [Bucket] {
    var result: [Bucket] = []
    result.reserveCapacity(max(one.count, other.count))
    var (left, right) = (one[...], other[...])
    while let first = left.first, let second = right.first {
      if first.value == second.value {
        result.append(Bucket(value: first.value, count: first.count + second.count))
        left = left.dropFirst()
        right = right.dropFirst()
      } else if first.value < second.value {
        result.append(first)
        left = left.dropFirst()
      } else {
        result.append(second)
        right = right.dropFirst()
      }
    }
    return result + left + right
  }
}
