package import HTTPTransport
package import PatchbayCore

/// What came of sending a request, all attempts together.
package struct Exchange: Sendable {
  /// How it ended.
  package enum Ending: Sendable {
    /// A response with one of the statuses that count as success.
    case success(HTTPResponse)
    /// A response that isn't worth another attempt, or the last one's.
    case refusal(HTTPResponse)
    /// No response to the last attempt.
    case noAnswer(HTTPError)
    /// The request couldn't be made, for example without a token.
    case unsent(String)
    /// The task was cancelled during a wait.
    case cancelled
  }

  /// How it ended.
  package var ending: Ending
  /// How often the request was sent.
  package var attempts = 0
  /// Whether an attempt that may have reached the server went without an answer.
  package var mayHaveLanded = false
  /// Where the time went; `queue` is left to the caller.
  package var timings = InjectionTimings()
  /// When the first attempt started, on the run's clock.
  package var firstAttempt: Timestamp?

  /// Makes an exchange in which nothing was sent yet.
  package init(ending: Ending) {
    self.ending = ending
  }

  /// The last response's status, 0 without one.
  package var status: Int {
    switch ending {
    case .success(let response), .refusal(let response): response.status
    case .noAnswer, .unsent, .cancelled: 0
    }
  }

  /// The verdict for an event that the request carried.
  package var kind: Outcome.Kind {
    if case .success = ending { return .accepted }
    return mayHaveLanded ? .unknown : .failed
  }
}
