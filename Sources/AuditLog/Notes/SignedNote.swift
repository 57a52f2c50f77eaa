import Foundation

/// A text with signatures below it, as of [C2SP signed-note](https://c2sp.org/signed-note).
package struct SignedNote: Sendable, Equatable {
  private struct Signature: Sendable, Equatable {
    var name: String
    /// The key's hash and the signature itself.
    var bytes: [UInt8]
  }

  /// How large a note may be, and how many signatures it may have.
  private static let longest = 1 << 16
  private static let most = 100
  private static let dash = "\u{2014} "

  /// What is signed; it ends with a line feed.
  package let text: String
  private let signatures: [Signature]

  /// Signs a text.
  ///
  /// - Parameter text: lines, the last with its line feed.
  package init(_ text: String, signedWith key: SignerKey) throws {
    self.text = text
    signatures = [
      Signature(
        name: key.verifier.name,
        bytes: key.verifier.hash + (try key.signature(of: Array(text.utf8))))
    ]
  }

  /// Reads a note; nil if it is malformed.
  package init?(parsing bytes: [UInt8]) {
    guard bytes.count <= Self.longest, let whole = String(validating: bytes, as: UTF8.self),
      !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }), bytes.last == 0x0A,
      let split = whole.range(of: "\n\n", options: .backwards)
    else { return nil }
    text = whole[..<split.lowerBound] + "\n"
    var signatures: [Signature] = []
    for line in whole[split.upperBound...].dropLast().split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      let words = line.dropFirst(Self.dash.count).split(
        separator: " ", omittingEmptySubsequences: false)
      guard line.hasPrefix(Self.dash), words.count == 2, !words[0].isEmpty,
        let bytes = Base64.bytes(words[1]), bytes.count > 4
      else { return nil }
      signatures.append(Signature(name: String(words[0]), bytes: bytes))
    }
    guard !signatures.isEmpty, signatures.count <= Self.most else { return nil }
    self.signatures = signatures
  }

  /// The note as it is kept.
  package var bytes: [UInt8] {
    var lines = text + "\n"
    for signature in signatures {
      lines += "\(Self.dash)\(signature.name) \(Base64.text(signature.bytes))\n"
    }
    return Array(lines.utf8)
  }

  /// Whether a key has signed it: those of other keys count for nothing, but one that claims to be of this
  /// key and isn't spoils the note.
  package func isSigned(by key: VerifierKey) -> Bool {
    let own = signatures.filter { $0.name == key.name && $0.bytes.prefix(4) == key.hash[...] }
    return !own.isEmpty
      && own.allSatisfy { key.isValid(Array($0.bytes.dropFirst(4)), of: Array(text.utf8)) }
  }
}
