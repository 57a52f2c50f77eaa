import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayJSON
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

  /// A login that was refused for good; asking again would not help.
  package struct Refusal: Error, CustomStringConvertible {
    package let description: String
  }

  private let state = Mutex(State())
  private let sender: RequestSender
  private let request: HTTPRequest
  private let clock: any PipelineClock

  init(
    client: any HTTPRequester, url: String, credentials: BasicCredentials, clock: any PipelineClock,
    policy: RetryPolicy, timeout: Duration, seed: UInt64
  ) {
    self.clock = clock
    sender = RequestSender(
      client: client, clock: clock, policy: policy, seed: seed, successes: [200])
    request = HTTPRequest(
      method: "POST", url: url,
      headers: [
        "Authorization": credentials.headerValue,
        "Content-Type": "application/x-www-form-urlencoded",
      ],
      body: Array("grant_type=\(LoginAPI.grantType)".utf8), timeout: timeout)
  }

  /// A token that is good for now.
  ///
  /// - Parameter refused: a token that was answered with 401; it isn't given out again.
  /// - Throws: `Refusal` with cause and cure, or `CancellationError`.
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
    let exchange = await sender.send(key: 0) { [request] _ in request }
    let result = Result { () throws -> TokenResponse in try Self.read(exchange) }
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

  private static func read(_ exchange: Exchange) throws -> TokenResponse {
    switch exchange.ending {
    case .success(let response):
      if let value = try? JSONValue(parsing: response.body),
        let token = TokenResponse(parsing: value)
      {
        return token
      }
      throw Refusal(description: "the login answered 200 without a token")
    case .refusal(let response):
      let value = try? JSONValue(parsing: response.body)
      let error = value.flatMap { TokenError(parsing: $0) }
      let words = error.map { " (\($0.error): \($0.explanation))" } ?? ""
      let status = (400...401).contains(response.status) ? 401 : response.status
      let help = ErrorHelp.text(forStatus: status).map { "\n\($0)" } ?? ""
      throw Refusal(
        description: "the login was refused with HTTP \(response.status)\(words)\(help)")
    case .noAnswer(let error):
      throw Refusal(description: "the login gave no answer: \(error)")
    case .unsent(let reason):
      throw Refusal(description: reason)
    case .cancelled:
      throw CancellationError()
    }
  }
}
