#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A reading of the system's monotonic clock, for durations on the wire.
public struct MonotonicInstant: Sendable, Comparable {
  /// Nanoseconds since some fixed point of this boot.
  public let nanoseconds: Int64

  /// The present reading.
  public static var now: MonotonicInstant {
    MonotonicInstant(nanoseconds: SystemTime.read(CLOCK_MONOTONIC))
  }

  /// Nanoseconds from this reading until now.
  public var elapsedNanoseconds: Int64 { Self.now.nanoseconds - nanoseconds }

  /// Orders readings from earlier to later.
  public static func < (one: MonotonicInstant, other: MonotonicInstant) -> Bool {
    one.nanoseconds < other.nanoseconds
  }
}

/// Reads the system's clocks.
enum SystemTime {
  static func read(_ clock: clockid_t) -> Int64 {
    // Two words, as `struct timespec` has them: the struct's own members are not visible here with
    // MemberImportVisibility, which files them under a private module of the toolchain.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 2) { words in
      words.initialize(repeating: 0)
      guard let base = words.baseAddress else { return 0 }
      base.withMemoryRebound(to: timespec.self, capacity: 1) { _ = clock_gettime(clock, $0) }
      return Int64(words[0]) * 1_000_000_000 + Int64(words[1])
    }
  }

  static var wallClock: Timestamp { Timestamp(nanoseconds: read(CLOCK_REALTIME)) }
}
