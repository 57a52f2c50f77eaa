public import PatchbayCore
import Synchronization

/// One access token for all requests in flight, renewed before it expires and after a 401.
///
/// Whoever needs a token while one is being fetched waits for that one, and shares what comes of it.
/// If the task that fetches is cancelled, one that waits takes over.
///
/// ```swift
/// let tokens = TokenCache(clock: context.clock) { try await login() }
/// let exchange = await sender.send(request, key: key, authorizedBy: tokens)
/// ```
public final class TokenCache: Sendable {
  /// A token as it was fetched, and how long it is good for from then.
  public typealias Grant = (token: String, life: Duration)

  private let state = Mutex(State())
  private let clock: any PipelineClock
  private let fetch: @Sendable () async throws -> Grant

  /// Makes a cache without a token; nothing is fetched yet.
  ///
  /// - Parameters:
  ///   - clock: the run's clock, by which tokens expire.
  ///   - fetch: gets a token; called by one task at a time. An error that it throws goes to all who
  ///     wait for the token; retries are its own business. It must not ask this cache.
  public init(
    clock: any PipelineClock, fetch: @escaping @Sendable () async throws -> Grant
  ) {
    self.clock = clock
    self.fetch = fetch
  }

  /// A token that is good for now.
  ///
  /// - Parameter refused: a token that was answered with 401; it isn't given out again.
  /// - Throws: what `fetch` throws; `CancellationError` as soon as the task is cancelled.
  public func token(replacing refused: String? = nil) async throws -> String {
    try await tokenAndRenewal(replacing: refused).token
  }

  /// A token that is good for now, and when it will be replaced; for what ends with its token.
  ///
  /// - Parameter refused: a token that was answered with 401; it isn't given out again.
  /// - Returns: the token, and the time on the run's clock, some time before its end, from which on
  ///   another is given out.
  /// - Throws: what `fetch` throws; `CancellationError` as soon as the task is cancelled.
  public func tokenAndRenewal(
    replacing refused: String? = nil
  ) async throws -> (token: String, renewal: Timestamp) {
    var hasWaited = false
    while true {
      try Task.checkCancellation()
      let now = clock.now
      switch state.withLock({ $0.ask(replacing: refused, hasWaited: hasWaited, now: now) }) {
      case .use(let token, let renewal): return (token, renewal)
      case .fail(let error): throw error
      case .fetch: return try await fetchAndShare()
      case .wait: try await clock.parkUnlessCancelled { task in state.withLock { $0.add(task) } }
      }
      hasWaited = true
    }
  }

  private func fetchAndShare() async throws -> (token: String, renewal: Timestamp) {
    do {
      let grant = try await fetch()
      KnownSecrets.add(grant.token, isPassing: true)
      let renewal = clock.now.advanced(by: Self.timeUntilRenewal(grant.life))
      state.withLock { $0.end(with: grant.token, renewal: renewal) }.resumeAll()
      return (grant.token, renewal)
    } catch {
      // The others weren't cancelled: one of them will ask for itself.
      let isOwn = error is CancellationError || Task.isCancelled
      state.withLock { $0.end(with: isOwn ? nil : error) }.resumeAll()
      throw isOwn ? CancellationError() : error
    }
  }

  /// A tenth of its life before it ends, a minute at most.
  private static func timeUntilRenewal(_ life: Duration) -> Duration {
    let life = min(max(.zero, life), .seconds(1_000_000_000))
    return life - min(life / 10, .seconds(60))
  }
}
