import HTTPTransport

/// The token of one request, over its attempts.
struct BearerCredentials {
  private let tokens: TokenCache
  /// The token of the last attempt.
  private var token: String?
  /// The one that was answered with 401, until another one is asked for.
  private var refused: String?
  private var hasRenewed = false

  init(_ tokens: TokenCache) {
    self.tokens = tokens
  }

  /// Gives the request a token that is good for now.
  mutating func authorize(_ request: inout HTTPRequest) async throws {
    let token = try await tokens.token(replacing: refused)
    self.token = token
    // The server may give out the same again: that isn't to be replaced before each attempt.
    refused = nil
    request.headers.replace("Authorization", with: "Bearer \(token)")
  }

  /// Whether another token may do better than the last one, which was answered with 401; true once.
  mutating func renew() -> Bool {
    guard !hasRenewed else { return false }
    hasRenewed = true
    refused = token
    return true
  }
}
