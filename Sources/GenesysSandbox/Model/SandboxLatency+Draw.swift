package import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension SandboxLatency {
  /// The time that an answer takes.
  ///
  /// - Parameter random: made for this request alone.
  package func draw(using random: inout KeyedRandom) -> Duration {
    switch self {
    case .none: .zero
    case .fixed(let fixed): fixed.time
    // The inverse of the distribution function; the argument is above 0, so the factor is finite.
    case .exponential(let exponential): exponential.mean * -log(1 - random.unit())
    }
  }
}
