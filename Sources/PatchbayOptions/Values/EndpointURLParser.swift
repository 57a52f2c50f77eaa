/// Takes an `http` or `https` URL apart (RFC 3986), and refuses what an endpoint can't have: user
/// information, a fragment, and characters that must be percent-encoded.
struct EndpointURLParser {
  private(set) var scheme = ""
  private(set) var host = ""
  private(set) var port: Int?
  private(set) var path = ""
  private(set) var query: String?

  /// The parts of no address.
  static let nowhere = EndpointURLParser()

  private init() {}

  init?(_ text: String) {
    guard text.utf8.allSatisfy(Self.mayOccur), let colon = text.firstIndex(of: ":") else {
      return nil
    }
    scheme = text[..<colon].lowercased()
    guard scheme == "http" || scheme == "https", text[colon...].hasPrefix("://") else { return nil }
    let rest = text[colon...].dropFirst(3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest[authority.endIndex...]
    let path = target.prefix { $0 != "?" }
    self.path = String(path)
    query = path.endIndex < target.endIndex ? String(target[path.endIndex...].dropFirst()) : nil
    guard Self.isPercentEncoded(target), readAuthority(authority) else { return nil }
  }

  private mutating func readAuthority(_ text: Substring) -> Bool {
    guard text.hasPrefix("[") else {
      let host = text.prefix { $0 != ":" }
      self.host = host.lowercased()
      return Self.isName(host) && readPort(text[host.endIndex...])
    }
    guard let end = text.firstIndex(of: "]") else { return false }
    let address = text[..<end].dropFirst()
    host = address.lowercased()
    return Self.isIPv6(address) && readPort(text[end...].dropFirst())
  }

  private mutating func readPort(_ text: Substring) -> Bool {
    if text.isEmpty { return true }
    let digits = text.dropFirst()
    guard text.hasPrefix(":"), digits.utf8.allSatisfy(\.isASCIIDigit), let port = Int(digits),
      (1...65_535).contains(port)
    else { return false }
    self.port = port
    return true
  }

  /// Printable ASCII without what RFC 3986 leaves out of URLs, and without a fragment.
  private static func mayOccur(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !"\"#<>\\^`{|}".utf8.contains(byte)
  }

  private static func isPercentEncoded(_ text: Substring) -> Bool {
    text.split(separator: "%", omittingEmptySubsequences: false).dropFirst().allSatisfy {
      let digits = $0.prefix(2)
      return digits.count == 2 && digits.allSatisfy(\.isHexDigit)
    }
  }

  private static func isName(_ host: Substring) -> Bool {
    !host.isEmpty && !host.hasPrefix(".") && !host.contains("..")
      && host.utf8.allSatisfy {
        $0.isASCIILetter || $0.isASCIIDigit || "-._".utf8.contains($0)
      }
  }

  /// Whether a text could be an IPv6 address; resolving it finds the rest.
  ///
  /// That is groups of hexadecimal digits between colons, perhaps with an IPv4 address at the end.
  private static func isIPv6(_ address: Substring) -> Bool {
    let groups = address.split(separator: ":", omittingEmptySubsequences: false)
    return (3...9).contains(groups.count)
      && groups.allSatisfy { $0.utf8.count <= 4 || $0.contains(".") }
      && address.utf8.allSatisfy {
        Character(Unicode.Scalar($0)).isHexDigit || ":.".utf8.contains($0)
      }
  }
}
