public import PatchbayCore

/// How long the sandbox's answers take, in real time on every clock.
public enum SandboxLatency: OptionUnion {
  /// No longer than they must.
  case none
  /// The same time each.
  case fixed(Fixed)
  /// Any time of a range, each as likely as the others.
  case uniform(Uniform)
  /// An exponentially distributed time.
  case exponential(Exponential)
  /// A time whose logarithm is normally distributed: most near the median, a few far beyond.
  case logNormal(LogNormal)

  /// The longest time that is drawn.
  static let longest = Duration.seconds(600)

  private static let range = OptionRule<Duration>.range(.zero...longest)

  /// A time that is always the same.
  public struct Fixed: OptionGroup {
    /// The time.
    public let time: Duration

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      time = options.required(
        "time", example: .milliseconds(20), range, doc: "How long every answer takes.")
    }
  }

  /// Times of a range.
  public struct Uniform: OptionGroup {
    /// The shortest.
    public let from: Duration
    /// The longest; at least as long as the shortest.
    public let to: Duration

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      from = options.required(
        "from", example: .milliseconds(10), range, doc: "How long an answer takes at least.")
      to = options.required(
        "to", example: .milliseconds(30), range, doc: "How long an answer takes at most.")
      options.check(to >= from, at: "to", "is below \"from\"; exchange the two")
    }
  }

  /// Times that have no memory.
  public struct Exponential: OptionGroup {
    /// Their mean.
    public let mean: Duration

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      mean = options.required(
        "mean", example: .milliseconds(20), range,
        doc: "How long an answer takes on average.")
    }
  }

  /// Times with a long tail, as services have them.
  public struct LogNormal: OptionGroup {
    /// Half of them are below it.
    public let median: Duration
    /// 99 of 100 are below it; at least as long as the median.
    public let p99: Duration

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      median = options.required(
        "median", example: .milliseconds(40), .range(.milliseconds(1)...longest),
        doc: "How long half of the answers take at most.")
      p99 = options.required(
        "p99", example: .milliseconds(400), range,
        doc: "How long 99 of 100 answers take at most.")
      options.check(p99 >= median, at: "p99", "is below \"median\"; exchange the two")
    }
  }

  /// The forms.
  public static let cases: [OptionCase<SandboxLatency>] = [
    .init("none", SandboxLatency.none, doc: "No added latency."),
    .init("fixed", SandboxLatency.fixed, doc: "The same latency every time."),
    .init("uniform", SandboxLatency.uniform, doc: "A latency from a range."),
    .init("exponential", SandboxLatency.exponential, doc: "An exponentially distributed latency."),
    .init("log_normal", SandboxLatency.logNormal, doc: "A latency with a long tail."),
  ]
}
