import HTTPDelivery
import HTTPTransport
import PatchbayCore
import Synchronization

/// One OAuth token for all requests in flight, renewed before it expires and after a 401.
///
/// Whoever needs a token while one is being fetched waits for that one.
package final class TokenCache: Sendable {
  private struct State {
    var token: String?
    var renewal = Timestamp(nanoseconds: .min)
    var isFetching = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let sender: RequestSender
  private let login: Login
  private let clock: any PipelineClock

  init(
    client: any HTTPRequester, login: Login, clock: any PipelineClock, policy: RetryPolicy,
    seed: UInt64
  ) {
    self.login = login
    self.clock = clock
    sender = RequestSender(
      client: client, clock: clock, policy: policy, seed: seed, successes: [200])
  }

  /// A token that is good for now.
  ///
  /// - Parameter refused: a token that was answered with 401; it isn't given out again.
  /// - Throws: `LoginRefusal` with cause and cure, or `CancellationError`.
  package func token(replacing refused: String?) async throws -> String {
    while true {
      try Task.checkCancellation()
      let (token, mustFetch) = state.withLock { state -> (String?, Bool) in
        if let token = state.token, token != refused, clock.now < state.renewal {
          return (token, false)
        }
        if state.isFetching { return (nil, false) }
        state.isFetching = true
        return (nil, true)
      }
      if let token { return token }
      if mustFetch { return try await fetch() }
      await waitForFetch()
    }
  }

  private func fetch() async throws -> String {
    let exchange = await sender.send(key: 0) { [login] _ in login.request }
    let result = Result { () throws -> TokenResponse in try Login.read(exchange) }
    let waiting = state.withLock { state in
      if case .success(let response) = result {
        state.token = response.accessToken
        state.renewal = renewal(of: response)
      }
      state.isFetching = false
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting {
      clock.hold()
      continuation.resume()
    }
    return try result.get().accessToken
  }

  private func waitForFetch() async {
    await withCheckedContinuation { continuation in
      let waits = state.withLock { state in
        if state.isFetching { state.waiting.append(continuation) }
        return state.isFetching
      }
      if waits { clock.release() } else { continuation.resume() }
    }
  }

  /// A tenth of its life before it ends, a minute at most.
  private func renewal(of response: TokenResponse) -> Timestamp {
    let life = Duration.seconds(max(0, min(response.expiresIn ?? 3_600, 1_000_000_000)))
    return clock.now.advanced(by: life - min(life / 10, .seconds(60)))
  }
}
