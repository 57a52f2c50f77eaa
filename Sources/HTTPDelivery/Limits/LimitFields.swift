import HTTPTransport
import PatchbayCore

/// What an answer says about its target's rate limit.
struct LimitFields: Equatable {
  /// How many requests are let through in a window.
  let allowed: Int
  /// How many of them have been made.
  let made: Int
  /// How long the window still lasts at most.
  let rest: Duration

  /// The names that the three fields go by, the usual ones; the second says how many have been made or
  /// how many are left.
  private enum Family: CaseIterable {
    /// Genesys Cloud.
    case platform
    /// `draft-ietf-httpapi-ratelimit-headers` up to 07, and what came before it.
    case draft, custom

    var names: (allowed: String, second: String, rest: String) {
      switch self {
      case .platform: ("inin-ratelimit-allowed", "inin-ratelimit-count", "inin-ratelimit-reset")
      case .draft: ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
      case .custom: ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
      }
    }
  }

  /// A number that is greater is a point in time, in seconds since 1970: `X-RateLimit-Reset` has either,
  /// depending on who sends it.
  private static let leastDate = 1_000_000_000
  /// A window that would last longer is none.
  private static let longestRest = Duration.seconds(7 * 86_400)

  init(allowed: Int, made: Int, rest: Duration) {
    self.allowed = allowed
    self.made = made
    self.rest = rest
  }

  /// Reads the fields of the first family that an answer has all three of; nil if there is none.
  init?(_ headers: HTTPHeaders, now: Timestamp) {
    for family in Family.allCases {
      let names = family.names
      guard let allowed = Self.number(headers.first(names.allowed)), allowed > 0,
        let second = Self.number(headers.first(names.second)),
        let rest = Self.number(headers.first(names.rest))
      else { continue }
      self.allowed = allowed
      made = family == .platform ? min(second, allowed) : max(0, allowed - second)
      self.rest = Self.duration(rest, headers, now: now)
      guard self.rest > .zero, self.rest <= Self.longestRest else { return nil }
      return
    }
    return nil
  }

  /// How long a window lasts whose end is told in either way; a point in time counts from the answer's own
  /// date where it has one, so that the two clocks needn't agree.
  private static func duration(_ rest: Int, _ headers: HTTPHeaders, now: Timestamp) -> Duration {
    let seconds = Duration.seconds(rest)
    if rest < leastDate { return seconds }
    let date = headers.first("Date").flatMap { HTTPDate.parse($0, now: now) } ?? now
    return Timestamp(nanoseconds: 0).advanced(by: seconds).since(date)
  }

  /// A whole number from zero; behind it there may be parameters, as in `100;w=60`.
  private static func number(_ text: String?) -> Int? {
    guard let digits = text?.prefix(while: \.isNumber), !digits.isEmpty else { return nil }
    return Int(digits)
  }
}
