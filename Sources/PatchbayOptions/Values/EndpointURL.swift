/// The address of a service: an `http` or `https` URL with a host, without user name or password.
public struct EndpointURL: Sendable, Hashable {
  /// The whole address as it was given.
  public let text: String
  /// `http` or `https`, in lower case.
  public let scheme: String
  /// The host's name or address in lower case; an IPv6 address without its brackets.
  public let host: String
  /// The port, if the address says one.
  public let port: Int?
  /// The path, percent-encoded, from its first slash; empty if there is none.
  public let path: String
  /// What follows the question mark, percent-encoded.
  public let query: String?

  /// The address without its query, where credentials sometimes stand.
  public var withoutQuery: String {
    query == nil ? text : text.prefix { $0 != "?" } + "?..."
  }

  /// Whether the connection is encrypted.
  public var isSecure: Bool { scheme == "https" }

  /// The port to connect to: the address's own, or the scheme's.
  public var effectivePort: Int { port ?? (isSecure ? 443 : 80) }

  private init(text: String, _ parts: URLParts?) {
    self.text = text
    scheme = parts?.scheme ?? ""
    host = parts?.host ?? ""
    port = parts?.port
    path = parts?.path ?? ""
    query = parts?.query
  }
}

extension EndpointURL: ExpressibleByStringLiteral, CustomStringConvertible {
  /// Makes an address for a default or an example.
  ///
  /// One that isn't valid has an empty host, and `declarationProblems()` reports it.
  public init(stringLiteral text: String) {
    self.init(text: text, Self.parts(of: text))
  }

  /// The whole address as it was given.
  public var description: String { text }
}

extension EndpointURL: OptionText {
  /// A URL with one of two schemes, of printable ASCII characters.
  public static var grammar: (name: String, example: String, pattern: String?) {
    ("URL", "https://example.com", "^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$")
  }

  /// Reads an address; nil if it isn't one that this type stands for.
  public init?(optionText: String) {
    guard let parts = Self.parts(of: optionText) else { return nil }
    self.init(text: optionText, parts)
  }

  /// The whole address as it was given.
  public var optionText: String { text }

  /// Which part of an address is wrong, and why.
  public static func problem(with optionText: String) -> String? {
    do {
      _ = try checkedParts(of: optionText)
      return nil
    } catch {
      return error.text
    }
  }

  private static func parts(of text: String) -> URLParts? { try? checkedParts(of: text) }

  /// The parts of an address without what an endpoint can't have: a fragment, and characters that
  /// must be percent-encoded (RFC 3986).
  private static func checkedParts(of text: String) throws(URLProblem) -> URLParts {
    let parts = try URLParts(text)
    if parts.hasFragment { throw URLProblem(text: "has a fragment (#), which is never sent") }
    if let byte = text.utf8.first(where: { "\"<>\\^`{|}".utf8.contains($0) }) {
      let character = Unicode.Scalar(byte)
      throw URLProblem(
        text: "has a \(character) in its path or query, which must be percent-encoded")
    }
    guard isPercentEncoded(text) else {
      throw URLProblem(text: "has a % that isn't followed by two hexadecimal digits")
    }
    return parts
  }

  private static func isPercentEncoded(_ text: String) -> Bool {
    text.split(separator: "%", omittingEmptySubsequences: false).dropFirst().allSatisfy {
      let digits = $0.prefix(2)
      return digits.count == 2 && digits.allSatisfy(\.isHexDigit)
    }
  }
}
