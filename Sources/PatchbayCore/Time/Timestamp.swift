/// A point in time: nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// 64 bits reach from 1677 to 2262. Arithmetic saturates at the ends instead of trapping.
public struct Timestamp: Sendable, Hashable, Comparable, BitwiseCopyable {
  /// Nanoseconds since 1970.
  public var nanoseconds: Int64

  /// Makes a time from nanoseconds since 1970.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Orders times from earlier to later.
  public static func < (one: Timestamp, other: Timestamp) -> Bool {
    one.nanoseconds < other.nanoseconds
  }

  /// The time `duration` later, or the end of the range.
  public func advanced(by duration: Duration) -> Timestamp {
    advanced(byNanoseconds: duration.wholeNanoseconds)
  }

  /// The time that many nanoseconds later, or the end of the range.
  public func advanced(byNanoseconds delta: Int64) -> Timestamp {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
    return Timestamp(nanoseconds: overflow ? (delta > 0 ? .max : .min) : sum)
  }

  /// How much later this is than `earlier`; negative if it is before it.
  public func since(_ earlier: Timestamp) -> Duration {
    .nanoseconds(nanosecondsSince(earlier))
  }

  /// How many nanoseconds later this is than `earlier`, saturating.
  public func nanosecondsSince(_ earlier: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    return overflow ? (nanoseconds > earlier.nanoseconds ? .max : .min) : difference
  }
}

extension Duration {
  /// The duration in nanoseconds, rounded towards zero, saturating at 64 bits (292 years).
  public var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflow || carried ? (seconds > 0 ? .max : .min) : sum
  }
}
