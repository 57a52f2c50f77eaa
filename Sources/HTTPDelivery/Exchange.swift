public import HTTPTransport
public import PatchbayCore

/// What came of sending a request, all attempts together.
public struct Exchange: Sendable {
  /// How it ended.
  public enum Ending: Sendable {
    /// A response with one of the statuses that count as success.
    case success(HTTPResponse)
    /// A response that isn't worth another attempt, or the last one's.
    case refusal(HTTPResponse)
    /// No response to the last attempt.
    case noAnswer(HTTPError)
    /// The request couldn't be made, for example without a token.
    case unsent(String)
    /// The task was cancelled before the first attempt, or before one was answered that may have
    /// reached the server.
    case cancelled

    /// The response, if there is one.
    public var response: HTTPResponse? {
      switch self {
      case .success(let response), .refusal(let response): response
      case .noAnswer, .unsent, .cancelled: nil
      }
    }
  }

  /// A wait that the server asked for and that the policy shortened.
  struct ShortenedWait {
    let asked: Duration
    let waited: Duration
  }

  /// How it ended; the last attempt's ending if the task was cancelled before the next one.
  public var ending: Ending
  /// How often the request was sent.
  public var attempts = 0
  /// Whether an attempt that may have reached the server went without an answer.
  public var mayHaveLanded = false
  /// Whether the task was cancelled when another attempt was due.
  public var wasCutShort = false
  /// Where the time went; nothing is in it without an attempt.
  public var ledger = TimeLedger()
  /// Where the time went from when it was due, all zero without an attempt.
  public var timings: InjectionTimings { ledger.timings }
  /// When the first attempt was due, on the run's clock; nil without one.
  public var firstAttempt: Timestamp? { ledger.due }
  /// The last wait that was shorter than the server had asked for.
  var shortenedWait: ShortenedWait?

  /// Makes an exchange in which nothing was sent yet.
  public init(ending: Ending) {
    self.ending = ending
  }

  /// The last response's status, 0 without one.
  public var status: Int { ending.response?.status ?? 0 }

  /// The verdict for an event that the request carried.
  public var kind: Outcome.Kind {
    if case .success = ending { return .accepted }
    return mayHaveLanded ? .unknown : .failed
  }
}

extension Exchange {
  /// Adds an attempt.
  mutating func note(_ result: Result<HTTPResponse, HTTPError>, successes: Set<Int>) {
    attempts += 1
    switch result {
    case .success(let response):
      ending = successes.contains(response.status) ? .success(response) : .refusal(response)
    case .failure(let error):
      mayHaveLanded = mayHaveLanded || error.mayHaveReachedServer
      ending = error.kind == .cancelled ? .cancelled : .noAnswer(error)
    }
  }

  /// Ends it before an attempt that was due, because of an error.
  mutating func stop(by error: any Error) {
    if attempts == 0 { ledger = TimeLedger() }
    guard error is CancellationError else {
      ending = .unsent("\(error)")
      return
    }
    wasCutShort = attempts > 0
  }
}
