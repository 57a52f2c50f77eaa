import HTTPTransport
import PatchbayCore

/// A pause before the next attempt: how long it is, and why.
struct RetryPause {
  /// How long it is, on the run's clock.
  let length: Duration
  /// What the server asked for, if that was more than the policy allows.
  let refusedWait: Duration?
  /// Why there is one, for people: `the server answered 503`.
  let cause: String

  /// A pause that no server asked for.
  init(length: Duration, cause: String) {
    self.length = length
    self.cause = cause
    refusedWait = nil
  }

  /// - Parameters:
  ///   - ending: how the attempt before it ended.
  ///   - tries: how many attempts there were.
  init(
    after ending: Exchange.Ending, tries: Int, _ policy: RetryPolicy, now: Timestamp,
    using random: inout KeyedRandom
  ) {
    let asked = ending.response.flatMap { RetryAfter.wait(in: $0.headers, now: now) }
    guard let asked else {
      length = policy.pause(after: tries, using: &random)
      refusedWait = nil
      cause = ending.words
      return
    }
    length = min(asked, policy.longestWait)
    refusedWait = asked > length ? asked : nil
    let advice =
      refusedWait.map { "\($0.optionText) by Retry-After, which is more than \"longest_wait\"" }
      ?? "it by Retry-After"
    cause = "\(ending.words) and asked for \(advice)"
  }
}

extension Exchange.Ending {
  /// What happened, for people.
  fileprivate var words: String {
    switch self {
    case .success(let response), .refusal(let response): "the server answered \(response.status)"
    case .noAnswer(let error): "no answer: \(error)"
    case .unsent(let reason): reason
    case .cancelled: "the attempt was cancelled"
    }
  }
}
