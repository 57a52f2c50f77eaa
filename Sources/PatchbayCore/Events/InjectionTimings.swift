/// Where an injected event's time went, in nanoseconds; the parts don't overlap.
///
/// Waits are on the run's clock, the wire is in real time. `response` is all of it, and the parts add up to
/// it exactly: `queue + rateLimit + token + backoff + own + wire`.
public struct InjectionTimings: Sendable, BitwiseCopyable, Equatable {
  /// From the intended send time to when the first attempt was due, on the run's clock.
  public var queue: Int64 = 0
  /// Waiting for the target's rate limit: for its next window, and because it said 429; on the run's
  /// clock.
  public var rateLimit: Int64 = 0
  /// Waiting for a token to send with, on the run's clock.
  public var token: Int64 = 0
  /// Waiting between attempts for any other reason, on the run's clock.
  public var backoff: Int64 = 0
  /// What the program itself took in between, and where other requests for the event came first; on the
  /// run's clock.
  public var own: Int64 = 0
  /// The last attempt, from sending to its last byte or its end, in real time: the service time.
  public var service: Int64 = 0
  /// All attempts together, in real time.
  public var wire: Int64 = 0
  /// The whole as it was measured, from the intended send time to the end of the last attempt, with the wire
  /// in real time; 0 if the stage doesn't measure it.
  public var total: Int64 = 0

  /// Makes timings of zero.
  public init() {}

  /// The sum of all parts.
  public var sum: Int64 { queue + rateLimit + token + backoff + own + wire }

  /// From the intended send time to the end of the last attempt: the whole, or the sum of the parts where
  /// nobody measured it.
  public var response: Int64 { total > 0 ? total : sum }

  /// The service time in milliseconds, to the microsecond.
  public var serviceMilliseconds: Double { Double(service / 1_000) / 1_000 }
}
