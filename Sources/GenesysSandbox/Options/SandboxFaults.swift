public import PatchbayCore

/// How slow the sandbox is, and what goes wrong with requests that are otherwise fine: at most one
/// thing with each.
///
/// Whether and what is decided by one draw from the run's seed, what the request is about, and how
/// often the same was asked for before. What a request is about are its events' ids, or else its
/// method, target and body. So the same events meet the same faults in every run.
public struct SandboxFaults: OptionGroup {
  /// How long an answer takes, in real time on every clock.
  public let latency: SandboxLatency
  /// The fraction answered by 429, without effect.
  public let rateLimited: Double
  /// The fraction answered by 500, without effect.
  public let serverError: Double
  /// The fraction answered by 503, without effect.
  public let unavailable: Double
  /// The fraction that takes effect, and whose connection is then closed without an answer.
  public let dropped: Double
  /// The fraction answered by 504, without effect.
  public let gatewayTimeout: Double
  /// The fraction whose connection is closed without an answer, and without effect.
  public let droppedBefore: Double
  /// The fraction that takes effect, and whose answer breaks off in the middle of its JSON.
  public let malformed: Double
  /// The fraction that takes effect, and whose answer's body comes bit by bit.
  public let slow: Double
  /// The fraction whose token expires, without effect.
  public let tokenExpired: Double
  /// The fraction whose token is revoked, without effect.
  public let tokenRevoked: Double
  /// How long the body of a slow answer takes, in real time.
  public let slowBody: Duration
  /// What the header `Retry-After` says with 429 and 503, in seconds rounded up.
  ///
  /// Nil says 1 second with 429 and nothing with 503.
  public let retryAfter: Duration?
  /// How far the sandbox's clock goes wrong.
  public let clockSkew: ClockSkew
  /// What goes wrong with notifications.
  public let notifications: NotificationFaults

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    latency = options.value(
      "latency", default: "none", doc: "How long an answer takes, in real time on every clock.")
    func fraction(_ name: String, _ what: String, _ options: inout OptionReader) -> Double {
      options.value(name, default: 0, .range(0...1), doc: "The fraction of requests \(what).")
    }
    rateLimited = fraction("rate_limited", "answered by 429, without effect", &options)
    serverError = fraction("server_error", "answered by 500, without effect", &options)
    unavailable = fraction("unavailable", "answered by 503, without effect", &options)
    dropped = fraction("dropped", "that take effect and get no answer at all", &options)
    gatewayTimeout = fraction("gateway_timeout", "answered by 504, without effect", &options)
    droppedBefore = fraction(
      "dropped_before", "that get no answer at all, and take no effect", &options)
    malformed = fraction(
      "malformed", "that take effect and are answered by JSON that breaks off", &options)
    slow = fraction("slow", "that take effect and whose answer's body comes bit by bit", &options)
    tokenExpired = fraction(
      "token_expired", "answered by 401, without effect, and whose token is expired from then on",
      &options)
    tokenRevoked = fraction(
      "token_revoked", "answered by 401, without effect, and whose token is gone from then on",
      &options)
    slowBody = options.value(
      "slow_body", default: .seconds(2), .range(.zero ... .seconds(600)),
      doc: "How long the body of a slow answer takes, in real time on every clock.")
    retryAfter = options.optional(
      "retry_after", .range(.zero ... .seconds(86_400)),
      doc: """
        How long `Retry-After` asks to wait after 429 and 503; without it 429 asks for 1 second \
        and 503 for nothing.
        """)
    clockSkew = options.value(
      "clock_skew", default: ClockSkew(.zero),
      doc: "How far the sandbox's clock is ahead of the run's, or behind it with a minus sign.")
    notifications = options.group(
      "notifications", doc: "What goes wrong with notifications, and how often.")
    // Sums such as 0.1 + 0.2 + 0.7 may be off by a rounding error.
    let sum =
      rateLimited + serverError + unavailable + dropped + gatewayTimeout + droppedBefore
      + malformed + slow + tokenExpired + tokenRevoked
    options.check(
      sum <= 1 + 1e-9, at: "rate_limited",
      "the fractions of all faults add up to more than 1; lower some of them")
  }
}
