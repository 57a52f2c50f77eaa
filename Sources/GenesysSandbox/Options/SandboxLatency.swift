public import PatchbayCore

/// How long the sandbox's answers take, in real time on every clock.
public enum SandboxLatency: OptionUnion {
  /// No longer than they must.
  case none
  /// The same time each.
  case fixed(Fixed)
  /// An exponentially distributed time, drawn from the run's seed.
  case exponential(Exponential)

  /// A time that is always the same.
  public struct Fixed: OptionGroup {
    /// The time.
    public let time: Duration

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      time = options.required(
        "time", example: .milliseconds(20), .range(.zero ... .seconds(600)),
        doc: "How long every answer takes.")
    }
  }

  /// Times that vary.
  public struct Exponential: OptionGroup {
    /// Their mean.
    public let mean: Duration

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      mean = options.required(
        "mean", example: .milliseconds(20), .range(.zero ... .seconds(600)),
        doc: "How long an answer takes on average.")
    }
  }

  /// The forms.
  public static let cases: [OptionCase<SandboxLatency>] = [
    .init("none", SandboxLatency.none, doc: "No added latency."),
    .init("fixed", SandboxLatency.fixed, doc: "The same latency every time."),
    .init("exponential", SandboxLatency.exponential, doc: "An exponentially distributed latency."),
  ]
}
