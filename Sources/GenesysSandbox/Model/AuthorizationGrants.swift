import Crypto
import PatchbayCore

/// Codes that were given out to be exchanged for tokens (RFC 6749 §4.1), and tokens to get new ones.
struct AuthorizationGrants: Sendable {
  /// Whom a code or a token stands for.
  struct Grant: Sendable, Equatable {
    var client: String
    var user: UUIDBits
    /// The token that was given together with it; empty for a code.
    var token = ""
  }

  /// What a code was given out for.
  struct Code: Sendable {
    let grant: Grant
    let redirectURI: String
    /// The SHA-256 of a text that only who asked for the code knows, in base64url (RFC 7636 §4.2).
    let challenge: String?
    fileprivate let expires: Timestamp

    /// Whether a text is the one that only who asked for the code knows; true if there is none.
    func isProven(by verifier: String?) -> Bool {
      guard let challenge else { return true }
      // RFC 7636 §4.1: 43 to 128 characters, or it could be guessed.
      guard let verifier, (43...128).contains(verifier.utf8.count) else { return false }
      return Base64URL.text(of: SHA256.hash(data: Array(verifier.utf8))) == challenge
    }
  }

  /// How long a code is good for; it is exchanged at once.
  static let codeLifetime = Duration.seconds(300)
  /// How many of each kind are remembered.
  private static let capacity = 1_000

  private var codes: [String: Code] = [:]
  private var codeOrder: [String] = []
  private var refreshTokens: [String: Grant] = [:]
  private var refreshOrder: [String] = []
  private var made: UInt64 = 0

  /// Gives out a code.
  mutating func makeCode(
    _ grant: Grant, redirectURI: String, challenge: String?, at now: Timestamp, ids: CredentialIDs
  ) -> String {
    let code = makeID(ids)
    codes[code] = Code(
      grant: grant, redirectURI: redirectURI, challenge: challenge,
      expires: now.advanced(by: Self.codeLifetime))
    codeOrder.append(code)
    if codeOrder.count > Self.capacity { codes[codeOrder.removeFirst()] = nil }
    return code
  }

  /// What a code was given out for, once.
  mutating func take(code: String, at now: Timestamp) -> Code? {
    guard let found = codes.removeValue(forKey: code), now < found.expires else { return nil }
    return found
  }

  /// Gives out a token to get new ones by.
  mutating func makeRefreshToken(_ grant: Grant, ids: CredentialIDs) -> String {
    let token = makeID(ids)
    refreshTokens[token] = grant
    refreshOrder.append(token)
    if refreshOrder.count > Self.capacity { refreshTokens[refreshOrder.removeFirst()] = nil }
    return token
  }

  /// Whom such a token stands for, once.
  mutating func take(refreshToken: String) -> Grant? {
    refreshTokens.removeValue(forKey: refreshToken)
  }

  /// Forgets what a condition holds for.
  mutating func revoke(where condition: (Grant) -> Bool) {
    refreshTokens = refreshTokens.filter { !condition($0.value) }
    codes = codes.filter { !condition($0.value.grant) }
  }

  private mutating func makeID(_ ids: CredentialIDs) -> String {
    made += 1
    return ids.id("genesys-sandbox authorization", made).description
  }
}

/// Base64 with the alphabet for URLs and without padding (RFC 4648 §5).
private enum Base64URL {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func text(of bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in bytes {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[bits >> count & 63])
      }
    }
    if count > 0 { text.append(alphabet[bits << (6 - count) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }
}
