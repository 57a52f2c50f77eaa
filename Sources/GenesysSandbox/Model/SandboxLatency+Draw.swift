package import PatchbayCore
import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension SandboxLatency {
  /// The time that an answer takes, ten minutes at most.
  ///
  /// - Parameter random: made for this request alone.
  package func draw(using random: inout KeyedRandom) -> Duration {
    switch self {
    case .none: .zero
    case .fixed(let fixed): fixed.time
    case .uniform(let uniform): uniform.from + (uniform.to - uniform.from) * random.unit()
    // The inverse of the distribution function; the argument is above 0, so the factor is finite.
    case .exponential(let exponential):
      min(exponential.mean * -log(1 - random.unit()), Self.longest)
    case .logNormal(let times):
      min(times.median * exp(times.deviation * Self.normal(using: &random)), Self.longest)
    }
  }

  /// A number of the standard normal distribution, by the method of Box and Muller.
  private static func normal(using random: inout KeyedRandom) -> Double {
    let radius = (-2 * log(1 - random.unit())).squareRoot()
    return radius * cos(2 * .pi * random.unit())
  }

  /// The latency as its option is written.
  var json: JSONValue {
    switch self {
    case .none: "none"
    case .fixed(let fixed): ["fixed": ["time": .string(fixed.time.optionText)]]
    case .uniform(let uniform):
      [
        "uniform": [
          "from": .string(uniform.from.optionText), "to": .string(uniform.to.optionText),
        ]
      ]
    case .exponential(let exponential):
      ["exponential": ["mean": .string(exponential.mean.optionText)]]
    case .logNormal(let times):
      [
        "log_normal": [
          "median": .string(times.median.optionText), "p99": .string(times.p99.optionText),
        ]
      ]
    }
  }
}

extension SandboxLatency.LogNormal {
  /// The standard deviation of the logarithm: the 99th percentile of the standard normal
  /// distribution lies 2.3263 deviations above its median.
  fileprivate var deviation: Double { log(p99 / median) / 2.326_347_874_040_841 }
}
