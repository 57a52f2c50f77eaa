#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A pause of this thread.
enum RealPause {
  static func milliseconds(_ count: UInt32) { usleep(count * 1_000) }
}
