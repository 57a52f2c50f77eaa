import Crypto

/// The public key of a log, as of [C2SP signed-note](https://c2sp.org/signed-note): `NAME+HASH+KEY`.
package struct VerifierKey: Sendable, Equatable {
  /// The kind of key, Ed25519.
  fileprivate static let type: UInt8 = 1

  /// The name that it signs with.
  package let name: String
  /// The Ed25519 public key, 32 bytes.
  fileprivate let key: [UInt8]

  fileprivate init(name: String, key: [UInt8]) {
    self.name = name
    self.key = key
  }

  /// Reads a key; nil if it is none, or of another kind.
  package init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, Self.isName(parts[0]),
      let bytes = Base64.bytes(parts[2]), bytes.count == 33, bytes[0] == Self.type
    else { return nil }
    self.init(name: String(parts[0]), key: Array(bytes.dropFirst()))
    guard parts[1] == hashText else { return nil }
  }

  /// By which signatures name it: the first four bytes of SHA-256 over name, line feed, kind and key.
  package var hash: [UInt8] {
    Array(SHA256.hash(data: Array((name + "\n").utf8) + [Self.type] + key).prefix(4))
  }

  /// The key as others write it down.
  package var text: String {
    "\(name)+\(hashText)+\(Base64.text([Self.type] + key))"
  }

  fileprivate var hashText: String { HexText.of(hash) }

  /// Whether a signature is of this key over a text.
  func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
    return key.isValidSignature(signature, for: text)
  }

  fileprivate static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty && !name.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "+" }
  }
}

/// The private key of a log: `PRIVATE+KEY+NAME+HASH+KEY`, as the Go module `sumdb/note` writes it.
package struct SignerKey: Sendable {
  private static let prefix = "PRIVATE+KEY+"

  private let key: Curve25519.Signing.PrivateKey
  /// What its signatures are checked with.
  package let verifier: VerifierKey

  private init(name: String, key: Curve25519.Signing.PrivateKey) {
    self.key = key
    verifier = VerifierKey(name: name, key: Array(key.publicKey.rawRepresentation))
  }

  /// Makes a new one.
  package init(name: String) {
    self.init(name: name, key: Curve25519.Signing.PrivateKey())
  }

  /// Reads a key; nil if it is none, or of another kind.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix) else { return nil }
    let parts = text.dropFirst(Self.prefix.count)
      .split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, VerifierKey.isName(parts[0]),
      let bytes = Base64.bytes(parts[2]), bytes.count == 33, bytes[0] == VerifierKey.type,
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes.dropFirst())
    else { return nil }
    self.init(name: String(parts[0]), key: key)
    guard parts[1] == verifier.hashText else { return nil }
  }

  /// The key as it is kept.
  package var text: String {
    let bytes = [VerifierKey.type] + Array(key.rawRepresentation)
    return "\(Self.prefix)\(verifier.name)+\(verifier.hashText)+\(Base64.text(bytes))"
  }

  /// A secret that is made of it for another purpose, 32 bytes.
  func secret(for purpose: String) -> [UInt8] {
    let key = SymmetricKey(data: key.rawRepresentation)
    return Array(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: key))
  }

  /// Signs a text.
  func signature(of text: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: text)) }
}
