package import PatchbayCore

/// The tokens that were given out, the latest few.
package struct IssuedTokens {
  private struct Token {
    var permissions: [String]
    var expiresAt: Timestamp
    var window: RateWindow
  }

  /// What a token is worth.
  package enum Admission {
    /// It was never given out, or so long ago that it is forgotten.
    case unknown
    /// Its lifetime is over.
    case expired
    /// It lacks the permission.
    case forbidden
    /// It is good, but its window is full.
    case overLimit(RateWindow.Usage)
    /// It is good.
    case admitted(RateWindow.Usage)
  }

  /// How many are remembered, so that a client that asks for ever more can't exhaust memory.
  package static let capacity = 1000

  private var tokens: [String: Token] = [:]
  private var order: [String] = []
  private var issued: UInt64 = 0

  package init() {}

  /// Makes a token.
  ///
  /// It is a function of the seed and of how many were made before, and no secret.
  package mutating func issue(
    permissions: [String], lifetime: Duration, at now: Timestamp, seed: UInt64
  ) -> String {
    var random = KeyedRandom(seed: seed, purpose: "genesys-sandbox token", issued)
    issued += 1
    let name = UUIDBits.version4(using: &random).description
    if order.count == Self.capacity { tokens[order.removeFirst()] = nil }
    order.append(name)
    tokens[name] = Token(
      permissions: permissions, expiresAt: now.advanced(by: lifetime),
      window: RateWindow(start: now))
    return name
  }

  /// Checks a token and counts the request in its window.
  package mutating func admit(
    _ name: String, requiring permission: String, at now: Timestamp, limit: Rate?
  ) -> Admission {
    guard var token = tokens[name] else { return .unknown }
    if now >= token.expiresAt { return .expired }
    guard token.permissions.contains(permission) else { return .forbidden }
    let (isAdmitted, usage) = token.window.admit(at: now, limit: limit)
    tokens[name] = token
    return isAdmitted ? .admitted(usage) : .overLimit(usage)
  }
}
