#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's logarithm behind a name of its own, so that no other file imports the C library.
enum NaturalLogarithm {
  static func of(_ value: Double) -> Double { log(value) }
}
