public import PatchbayJSON

/// What the token endpoint answers when it gave a token (RFC 6749 §5.1).
///
/// The platform's members are those of `OAuthToken` in its official command-line client,
/// `MyPureCloud/platform-client-sdk-cli`.
public struct TokenResponse: Sendable, Equatable {
  /// The token, opaque: a credential that must never be printed.
  public var accessToken: String
  /// How it is presented; `bearer`, in any case.
  public var tokenType: String
  /// How long it is good for, in seconds from the answer; nil if the answer doesn't say.
  public var expiresIn: Int?

  /// Makes an answer.
  public init(accessToken: String, tokenType: String = "bearer", expiresIn: Int?) {
    self.accessToken = accessToken
    self.tokenType = tokenType
    self.expiresIn = expiresIn
  }

  /// Reads an answer's body; nil without a token.
  public init?(parsing value: JSONValue) {
    guard let accessToken = value["access_token"]?.string, !accessToken.isEmpty
    else { return nil }
    self.accessToken = accessToken
    tokenType = value["token_type"]?.string ?? "bearer"
    expiresIn = value["expires_in"]?.integer
  }

  /// The answer's body.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("access_token", .string(accessToken)), .init("token_type", .string(tokenType)),
    ]
    if let expiresIn { members.append(.init("expires_in", .integer(expiresIn))) }
    return .object(members)
  }
}

extension TokenResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type and the lifetime, without the token.
  public var description: String {
    "\(tokenType) token, expires in \(expiresIn.map { "\($0) s" } ?? "an unknown time")"
  }

  /// The type and the lifetime, without the token.
  public var debugDescription: String { description }

  /// A mirror that shows nothing, so that `dump` doesn't show the token either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
