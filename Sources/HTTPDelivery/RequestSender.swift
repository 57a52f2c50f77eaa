public import HTTPTransport
public import PatchbayCore

/// Sends requests until they are answered for good: retries with pauses, each kind of wait timed by
/// itself.
///
/// The policy's statuses, by default 429 and every 5xx, and failures to connect or to get an answer are
/// tried again. A wait that the
/// server asks for by `Retry-After` comes before the policy's own pause. Waits are on the run's
/// clock, the wire is timed in real time. One that takes more than ten seconds is told in the
/// stage's log.
///
/// ```swift
/// let sender = RequestSender(client: client, context: context, policy: options.retry)
/// let exchange = await sender.send(request, key: KeyedRandom.key(batch.bytes(event.sequence)))
/// exchange.judge(index, of: &batch)
/// ```
public struct RequestSender: Sendable {
  let client: any HTTPRequester
  let clock: any PipelineClock
  let policy: RetryPolicy
  let gate: (any AttemptGate)?
  let successes: Set<Int>
  let notices: WaitNotices
  let endpoints: EndpointNames
  let seed: UInt64

  /// Makes a sender; many tasks may use it at the same time.
  ///
  /// - Parameters:
  ///   - client: carries the requests; whoever made it shuts it down.
  ///   - context: the context of the stage that sends.
  ///   - policy: how often a request is tried, and how long the pauses are.
  ///   - successes: the statuses that count as success.
  ///   - gate: decides when each attempt may be made; nobody does by default.
  public init(
    client: any HTTPRequester, context: StageContext, policy: RetryPolicy,
    successes: Set<Int> = [200, 201, 202, 204], gate: (any AttemptGate)? = nil
  ) {
    self.client = client
    self.policy = policy
    self.successes = successes
    self.gate = gate
    clock = context.clock
    seed = context.seed
    endpoints = EndpointNames(context.symbols)
    notices = WaitNotices(clock: context.clock, logger: context.logger)
  }

  /// Sends a request; never throws, since every ending is a result.
  ///
  /// A response's body that is longer than the request allows is dropped: its status counts.
  ///
  /// When the task is cancelled, it returns at once; the exchange says what had come of it by then.
  ///
  /// - Parameters:
  ///   - request: what is sent, each time the same.
  ///   - key: what it is about, such as an event's id; draws the jitter together with the attempt's
  ///     number.
  ///   - tokens: where the token of its `Authorization` comes from. The first 401 is worth another
  ///     attempt with a new one at once, which doesn't count as a retry.
  public func send(
    _ request: HTTPRequest, key: UInt64, authorizedBy tokens: TokenCache? = nil
  ) async -> Exchange {
    await send(request, key: key, authorizedBy: tokens, after: nil)
  }

  /// Like the other, for what was sent before, in a request that was answered.
  ///
  /// - Parameter earlier: what came of that; its attempts and times go on.
  package func send(
    _ request: HTTPRequest, key: UInt64, authorizedBy tokens: TokenCache? = nil,
    after earlier: Exchange?
  ) async -> Exchange {
    var exchange = earlier ?? Exchange(ending: .cancelled)
    exchange.ending = .cancelled
    exchange.ledger.book(clock.now, as: \.own)
    var credentials = tokens.map { BearerCredentials($0) }
    var tries = 0
    do {
      while true {
        try Task.checkCancellation()
        var request = request
        request.dropsOverlongBody = true
        try await attempt(request, &credentials, &exchange)
        if exchange.status == 401, credentials?.renew() ?? false { continue }
        tries += 1
        guard exchange.ending.isWorthRetrying(by: policy), tries < policy.attempts else {
          return exchange
        }
        var random = KeyedRandom(seed: seed, purpose: "http.backoff", key, UInt64(tries))
        let pause = RetryPause(
          after: exchange.ending, tries: tries, policy, now: clock.now, using: &random)
        try await wait(pause, before: request, &exchange)
      }
    } catch {
      exchange.stop(by: error)
      return exchange
    }
  }
}
