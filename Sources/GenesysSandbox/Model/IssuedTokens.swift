package import PatchbayCore

/// The tokens that were given out, the latest few.
package struct IssuedTokens {
  /// Whom a token stands for, and what it permits.
  package struct Grant: Sendable, Equatable {
    /// The OAuth client.
    package var client: String
    /// The user who is logged in through it; nil if the client acts for itself.
    package var user: UUIDBits?
    package var permissions: [String]
    package var expiresAt: Timestamp

    package init(client: String, user: UUIDBits?, permissions: [String], expiresAt: Timestamp) {
      self.client = client
      self.user = user
      self.permissions = permissions
      self.expiresAt = expiresAt
    }
  }

  private struct Token {
    var grant: Grant
    var window: RateWindow
  }

  /// What a token is worth.
  package enum Admission {
    /// It was never given out, or it was revoked, or that is so long ago that it is forgotten.
    case unknown
    /// Its lifetime is over.
    case expired
    /// It has none of the permissions.
    case forbidden
    /// It is good, but its window is full.
    case overLimit(RateWindow.Usage)
    /// It is good.
    case admitted(Grant, RateWindow.Usage)
  }

  /// How many are remembered, so that a client that asks for ever more can't exhaust memory.
  package static let capacity = 1000

  private var tokens: [String: Token] = [:]
  private var order: [String] = []
  private var issued: UInt64 = 0

  package init() {}

  /// Makes a token.
  package mutating func issue(
    _ grant: Grant, at now: Timestamp, ids: CredentialIDs
  ) -> String {
    let name = ids.id("genesys-sandbox token", issued).description
    issued += 1
    if order.count == Self.capacity { tokens[order.removeFirst()] = nil }
    order.append(name)
    tokens[name] = Token(grant: grant, window: RateWindow(start: now))
    return name
  }

  /// Checks a token and counts the request in its window.
  ///
  /// - Parameter permissions: one of these is needed; none if there are none.
  package mutating func admit(
    _ name: String, requiringAnyOf permissions: [String], at now: Timestamp, limit: Rate?
  ) -> Admission {
    guard var token = tokens[name] else { return .unknown }
    if now >= token.grant.expiresAt { return .expired }
    guard permissions.isEmpty || permissions.contains(where: token.grant.permissions.contains)
    else { return .forbidden }
    let (isAdmitted, usage) = token.window.admit(at: now, limit: limit)
    tokens[name] = token
    return isAdmitted ? .admitted(token.grant, usage) : .overLimit(usage)
  }

  /// Lets a token end now.
  package mutating func expire(_ name: String, at now: Timestamp) {
    tokens[name]?.grant.expiresAt = now
  }

  /// What a token was given out for; nil if it isn't known.
  package func grant(_ name: String) -> Grant? { tokens[name]?.grant }

  /// Forgets the tokens that a condition holds for; says how many.
  package mutating func revoke(where condition: (String, Grant) -> Bool) -> Int {
    let revoked = tokens.filter { condition($0.key, $0.value.grant) }.map(\.key)
    for name in revoked { tokens[name] = nil }
    order.removeAll { tokens[$0] == nil }
    return revoked.count
  }
}
