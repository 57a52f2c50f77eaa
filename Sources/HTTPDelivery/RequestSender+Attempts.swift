package import HTTPTransport
import PatchbayCore

extension RequestSender {
  /// Sends once.
  ///
  /// - Throws: `CancellationError` if the task is cancelled before anything can have reached the
  ///   server, or whatever the gate throws.
  func attempt(
    _ request: HTTPRequest, _ credentials: inout BearerCredentials?, _ exchange: inout Exchange
  ) async throws {
    var request = request
    if exchange.attempts > 0 { exchange.ledger.book(clock.now, as: \.own) }
    let note = try await gate?.admit(request)
    if gate != nil { exchange.ledger.book(clock.now, as: \.rateLimit) }
    do {
      // Not before: who waits for the limit may outlive a token.
      try await credentials?.authorize(&request)
    } catch {
      note?(.failure(HTTPError(kind: .cancelled, message: "there was no token to send it with")))
      throw error
    }
    if credentials != nil { exchange.ledger.book(clock.now, as: \.token) }
    let endpoint = endpoints.symbol(of: request)
    exchange.ledger.book(clock.now, as: \.own)
    let start = MonotonicInstant.now
    let result = await result(of: request)
    let nanoseconds = start.elapsedNanoseconds
    note?(result)
    if case .failure(let error) = result, error.kind == .cancelled, !error.mayHaveReachedServer {
      throw CancellationError()
    }
    exchange.ledger.book(
      AttemptTimes(result, total: nanoseconds, endpoint: endpoint), until: clock.now)
    exchange.note(result, successes: successes)
  }

  private func result(of request: HTTPRequest) async -> Result<HTTPResponse, HTTPError> {
    do {
      return .success(try await client.send(request))
    } catch {
      return .failure(error)
    }
  }

  /// Waits before the next attempt.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  func wait(
    _ pause: RetryPause, before request: HTTPRequest, _ exchange: inout Exchange
  ) async throws {
    notices.tell(pause, before: request)
    let before = clock.now
    exchange.ledger.book(before, as: \.own)
    defer {
      exchange.ledger.book(clock.now, as: exchange.status == 429 ? \.rateLimit : \.backoff)
    }
    try await clock.sleep(until: before.advanced(by: pause.length))
    if let asked = pause.refusedWait {
      exchange.shortenedWait = .init(asked: asked, waited: pause.length)
    }
  }
}

extension RequestSender {
  /// Waits, as the policy says, before part of what a request carried is sent again in another one.
  ///
  /// - Parameters:
  ///   - tries: how often it was sent, from 1.
  ///   - request: what was answered.
  ///   - key: what it is about; draws the jitter together with the number of tries.
  ///   - cause: why it is sent again, for the log.
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  package func pause(
    after tries: Int, of request: HTTPRequest, key: UInt64, because cause: String
  ) async throws {
    var random = KeyedRandom(seed: seed, purpose: "http.repetition", key, UInt64(tries))
    let pause = RetryPause(length: policy.pause(after: tries, using: &random), cause: cause)
    notices.tell(pause, before: request)
    try await clock.sleep(for: pause.length)
  }
}

extension Exchange.Ending {
  /// Whether the same request may fare better a little later.
  func isWorthRetrying(by policy: RetryPolicy) -> Bool {
    switch self {
    case .refusal(let response): policy.retries(response.status)
    case .noAnswer(let error): error.isTransient
    case .success, .unsent, .cancelled: false
    }
  }
}

extension HTTPError {
  fileprivate var isTransient: Bool {
    switch kind {
    case .nameLookup, .connect, .timeout, .dropped: true
    case .invalidURL, .invalidRequest, .tls, .responseTooLarge, .cancelled, .closed,
      .protocolViolation, .other:
      false
    }
  }
}
