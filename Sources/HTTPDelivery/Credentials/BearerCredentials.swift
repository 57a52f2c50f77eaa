import HTTPTransport

/// The token of one request, over its attempts.
struct BearerCredentials {
  private let tokens: TokenCache
  /// The token of the last attempt.
  private var token: String?
  /// The one that was answered with 401.
  private var refused: String?

  init(_ tokens: TokenCache) {
    self.tokens = tokens
  }

  /// Gives the request a token that is good for now.
  mutating func authorize(_ request: inout HTTPRequest) async throws {
    let token = try await tokens.token(replacing: refused)
    self.token = token
    request.headers.replace("Authorization", with: "Bearer \(token)")
  }

  /// Whether another token may do better than the last one, which was answered with 401; true once.
  mutating func renew() -> Bool {
    guard refused == nil else { return false }
    refused = token
    return true
  }
}
