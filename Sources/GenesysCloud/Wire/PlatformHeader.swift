/// Names of headers that the platform's answers have beyond those of HTTP.
///
/// Seen in an answer printed in the
/// [developer centre's blog](https://github.com/MyPureCloud/developer-center-blog),
/// `source/2021-05-06-sdk-config-and-logging`.
public enum PlatformHeader {
  /// Which request this was, for support cases; also the `contextId` of an error's body.
  public static let correlationID = "ININ-Correlation-Id"

  /// How many requests the token has made in the present window.
  public static let rateLimitCount = "inin-ratelimit-count"

  /// How many requests a token may make in a window.
  public static let rateLimitAllowed = "inin-ratelimit-allowed"

  /// How long the present window still lasts, in seconds; not a point in time.
  public static let rateLimitReset = "inin-ratelimit-reset"

  /// How long to wait before the next attempt, in seconds; with 429, perhaps with 503.
  public static let retryAfter = "Retry-After"
}
