/// Takes a URL apart from left to right.
struct URLSplitter {
  /// Longer URLs are refused; servers commonly stop at 8 KiB already.
  private static let maximumLength = 64 * 1024

  private let text: String
  private var rest: Substring.UTF8View

  init(_ text: String) {
    self.text = text
    rest = text.utf8[...]
  }

  /// Checks the whole text and takes scheme and slashes off its front.
  mutating func scheme() throws(HTTPError) -> HTTPURL.Scheme {
    guard rest.count <= Self.maximumLength else {
      throw invalid("longer than \(Self.maximumLength) bytes")
    }
    guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw invalid("contains a space, a control character or one beyond ASCII")
    }
    for scheme in [HTTPURL.Scheme.http, .https] {
      let prefix = scheme.rawValue + "://"
      if HTTPSyntax.equalIgnoringCase(String(Substring(rest.prefix(prefix.utf8.count))), prefix) {
        rest = rest.dropFirst(prefix.utf8.count)
        return scheme
      }
    }
    throw invalid("must start with http:// or https://")
  }

  /// Takes everything up to the path off the front.
  mutating func hostAndPort() throws(HTTPError) -> (host: String, port: Int?) {
    let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
    let authority = rest[..<end]
    rest = rest[end...]
    guard !authority.contains(UInt8(ascii: "@")) else {
      throw invalid("must not contain user information")
    }
    if authority.first == UInt8(ascii: "[") {
      return try bracketed(authority.dropFirst())
    }
    let colon = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
    let host = String(Substring(authority[..<colon])).lowercased()
    try check(host: host)
    return (host, try port(authority[colon...]))
  }

  /// Path and query, without fragment; to be asked last.
  func target() -> String {
    let end = rest.firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex
    let target = String(Substring(rest[..<end]))
    return target.hasPrefix("/") ? target : "/" + target
  }

  private func bracketed(
    _ text: Substring.UTF8View
  ) throws(HTTPError) -> (host: String, port: Int?) {
    guard let end = text.firstIndex(of: UInt8(ascii: "]")) else {
      throw invalid("has a [ without ]")
    }
    let host = String(Substring(text[..<end])).lowercased()
    guard LoopbackHost.ipv6Bytes(host) != nil else {
      throw invalid("has no IPv6 address between [ and ]")
    }
    return (host, try port(text[text.index(after: end)...]))
  }

  /// Reads what follows the host: nothing, or a colon and a port.
  private func port(_ text: Substring.UTF8View) throws(HTTPError) -> Int? {
    guard let first = text.first else { return nil }
    let digits = text.dropFirst()
    guard
      first == UInt8(ascii: ":"), (1...5).contains(digits.count),
      digits.allSatisfy(HTTPSyntax.isDigit), let port = Int(Substring(digits)),
      (1...65_535).contains(port)
    else { throw invalid("must have a port between 1 and 65535, or none") }
    return port
  }

  private func check(host: String) throws(HTTPError) {
    guard !host.isEmpty else { throw invalid("has no host") }
    guard
      host.utf8.allSatisfy({
        HTTPSyntax.isLetter($0) || HTTPSyntax.isDigit($0) || "-._".utf8.contains($0)
      })
    else { throw invalid("has a host with a character that names can't contain") }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy({ !$0.isEmpty }) else {
      throw invalid("has a host with a dot at its end or two in a row")
    }
    // libcurl would take 127.1, 2130706433 and 0x7f000001 for addresses, other parsers for names.
    let last = labels.last ?? ""
    if last.utf8.allSatisfy(HTTPSyntax.isDigit) || last.hasPrefix("0x") {
      guard LoopbackHost.ipv4Bytes(host) != nil else {
        throw invalid("has a number for a host that is not an address like 192.0.2.1")
      }
    }
  }

  private func invalid(_ problem: String) -> HTTPError {
    HTTPError(kind: .invalidURL, message: "invalid URL: \(problem)")
  }
}
