public import PatchbayCore

/// What goes wrong with requests that are otherwise fine: at most one thing with each delivery.
///
/// Whether and what is decided by one draw from the run's seed, the request's events and how often
/// they were delivered before. So the same events meet the same faults in every run.
public struct SandboxFaults: OptionGroup {
  /// The fraction answered by 429, without effect.
  public let rateLimited: Double
  /// The fraction answered by 500, without effect.
  public let serverError: Double
  /// The fraction answered by 503, without effect.
  public let unavailable: Double
  /// The fraction that takes effect, and whose connection is then closed without an answer.
  public let dropped: Double
  /// What the header `Retry-After` says with 429 and 503, in seconds rounded up.
  ///
  /// Nil says 1 second with 429 and nothing with 503.
  public let retryAfter: Duration?

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    rateLimited = options.value(
      "rate_limited", default: 0, .range(0...1),
      doc: "The fraction of event requests answered by 429, without effect.")
    serverError = options.value(
      "server_error", default: 0, .range(0...1),
      doc: "The fraction of event requests answered by 500, without effect.")
    unavailable = options.value(
      "unavailable", default: 0, .range(0...1),
      doc: "The fraction of event requests answered by 503, without effect.")
    dropped = options.value(
      "dropped", default: 0, .range(0...1),
      doc: "The fraction of event requests that take effect and get no answer at all.")
    retryAfter = options.optional(
      "retry_after", .range(.zero ... .seconds(86_400)),
      doc: """
        How long `Retry-After` asks to wait after 429 and 503; without it 429 asks for 1 second \
        and 503 for nothing.
        """)
    // Sums such as 0.1 + 0.2 + 0.7 may be off by a rounding error.
    options.check(
      rateLimited + serverError + unavailable + dropped <= 1 + 1e-9, at: "rate_limited",
      "the fractions of all faults add up to more than 1; lower some of them")
  }
}
