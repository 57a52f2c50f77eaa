package import HTTPTransport
package import PatchbayCore

/// Sends a request until it is answered for good: retries with pauses, each kind of wait timed by
/// itself.
///
/// 429, every 5xx and failures to connect or to get an answer are tried again. A wait that the
/// server asks for by `Retry-After` comes before the policy's own pause. Waits are on the run's
/// clock, the wire is timed in real time.
package struct RequestSender: Sendable {
  /// Makes the request of an attempt, anew each time: a token may have changed.
  ///
  /// Gets whether the attempt before was answered with 401, and throws if there is no way to make
  /// one; the error's description goes into the report.
  package typealias Maker = @Sendable (_ afterUnauthorized: Bool) async throws -> HTTPRequest

  private let client: any HTTPRequester
  private let clock: any PipelineClock
  private let policy: RetryPolicy
  private let seed: UInt64
  private let successes: Set<Int>
  private let renewsOnUnauthorized: Bool

  /// Makes a sender.
  ///
  /// - Parameters:
  ///   - successes: the statuses that count as success.
  ///   - renewsOnUnauthorized: whether the first 401 is worth another attempt at once, since the
  ///     maker will have new credentials.
  package init(
    client: any HTTPRequester, clock: any PipelineClock, policy: RetryPolicy, seed: UInt64,
    successes: Set<Int>, renewsOnUnauthorized: Bool = false
  ) {
    self.client = client
    self.clock = clock
    self.policy = policy
    self.seed = seed
    self.successes = successes
    self.renewsOnUnauthorized = renewsOnUnauthorized
  }

  /// Sends a request; never throws, since every ending is a result.
  ///
  /// - Parameters:
  ///   - key: what the request is about; draws the jitter together with the attempt's number.
  package func send(key: UInt64, _ make: Maker) async -> Exchange {
    var exchange = Exchange(ending: .cancelled)
    var wasUnauthorized = false
    var tries = 0
    while true {
      if Task.isCancelled { return exchange }
      let request: HTTPRequest
      do {
        request = try await make(wasUnauthorized)
      } catch {
        exchange.ending = error is CancellationError ? .cancelled : .unsent("\(error)")
        return exchange
      }
      tries += 1
      let response = await attempt(request, &exchange)
      if let response, response.status == 401, renewsOnUnauthorized, !wasUnauthorized {
        wasUnauthorized = true
        tries -= 1
        continue
      }
      guard isWorthRetrying(exchange.ending), tries < policy.attempts else { return exchange }
      guard await pause(after: tries, response: response, key: key, &exchange) else {
        return exchange
      }
    }
  }

  /// Sends once; the response, if there is one.
  private func attempt(_ request: HTTPRequest, _ exchange: inout Exchange) async -> HTTPResponse? {
    if exchange.firstAttempt == nil { exchange.firstAttempt = clock.now }
    exchange.attempts += 1
    let start = MonotonicInstant.now
    defer {
      exchange.timings.service = start.elapsedNanoseconds
      exchange.timings.wire += exchange.timings.service
    }
    do {
      let response = try await client.send(request)
      exchange.ending =
        successes.contains(response.status) ? .success(response) : .refusal(response)
      return response
    } catch {
      if error.mayHaveReachedServer { exchange.mayHaveLanded = true }
      exchange.ending = error.kind == .cancelled ? .cancelled : .noAnswer(error)
      return nil
    }
  }

  private func isWorthRetrying(_ ending: Exchange.Ending) -> Bool {
    switch ending {
    case .refusal(let response): response.status == 429 || (500...599).contains(response.status)
    case .noAnswer(let error): error.isTransient
    case .success, .unsent, .cancelled: false
    }
  }

  /// Waits; false if the task was cancelled meanwhile.
  private func pause(
    after tries: Int, response: HTTPResponse?, key: UInt64, _ exchange: inout Exchange
  ) async -> Bool {
    var random = KeyedRandom(seed: seed, purpose: "http.backoff", key, UInt64(tries))
    let asked = response.flatMap { RetryAfter.wait(in: $0.headers, now: clock.now) }
    let before = clock.now
    let wait = asked ?? policy.pause(after: tries, using: &random)
    do {
      try await clock.sleep(until: before.advanced(by: wait))
    } catch {
      return false
    }
    let waited = clock.now.nanosecondsSince(before)
    if response?.status == 429 {
      exchange.timings.rateLimit += waited
    } else {
      exchange.timings.backoff += waited
    }
    return true
  }
}

extension HTTPError {
  /// Whether the same request may fare better a little later.
  fileprivate var isTransient: Bool {
    switch kind {
    case .nameLookup, .connect, .timeout, .dropped: true
    default: false
    }
  }
}
