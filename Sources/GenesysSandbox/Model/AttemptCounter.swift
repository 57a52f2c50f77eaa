/// Counts how often the same thing was asked for, so that a resend is another draw.
struct AttemptCounter: Sendable {
  /// How many things are remembered; a resend follows soon.
  static let capacity = 1 << 17

  private var counts: [UInt64: Int] = [:]
  private var ring: [UInt64] = []
  private var oldest = 0

  /// The number of times before this one.
  mutating func count(_ key: UInt64) -> Int {
    if let count = counts[key] {
      counts[key] = count + 1
      return count
    }
    counts[key] = 1
    if ring.count < Self.capacity {
      ring.append(key)
    } else {
      counts[ring[oldest]] = nil
      ring[oldest] = key
      oldest = (oldest + 1) % Self.capacity
    }
    return 0
  }
}
