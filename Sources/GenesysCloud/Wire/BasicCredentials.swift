import PatchbayCore

/// A client's id and secret as HTTP Basic carries them (RFC 7617, in UTF-8).
public struct BasicCredentials: Sendable {
  /// The client's id; a colon can't be part of it.
  public var id: String
  /// The client's secret: never print it.
  public var secret: String

  /// Makes credentials.
  public init(id: String, secret: String) {
    self.id = id
    self.secret = secret
  }

  /// Reads the value of an `Authorization` header; nil if it isn't Basic, whose name may be in any
  /// case, or can't be decoded.
  public init?(headerValue: String) {
    let parts = headerValue.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "basic",
      let bytes = Base64.decode(parts[1].utf8),
      let text = String(validating: bytes, as: UTF8.self),
      let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    id = String(text[..<colon])
    secret = String(text[text.utf8.index(after: colon)...])
  }

  /// The value of an `Authorization` header.
  ///
  /// Known to `KnownSecrets` from then on.
  public var headerValue: String {
    let text = Base64.encode(Array("\(id):\(secret)".utf8))
    KnownSecrets.add(text)
    return "Basic " + text
  }
}

extension BasicCredentials: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The id, without the secret.
  public var description: String { "client \(id)" }

  /// The id, without the secret.
  public var debugDescription: String { description }

  /// A mirror that shows nothing, so that `dump` doesn't show the secret either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
