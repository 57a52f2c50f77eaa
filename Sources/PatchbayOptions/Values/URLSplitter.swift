/// Takes a URL apart from left to right, for `URLParts`.
struct URLSplitter {
  /// Longer URLs are refused; servers commonly stop at 8 KiB already.
  private static let maximumLength = 64 * 1024

  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text.utf8[...]
  }

  /// Checks the whole text and takes scheme and slashes off its front.
  mutating func scheme() throws(URLProblem) -> String {
    guard rest.count <= Self.maximumLength else {
      throw invalid("is longer than \(Self.maximumLength) bytes")
    }
    guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw invalid("contains a space, a control character or one beyond ASCII")
    }
    for scheme in ["http", "https"] {
      let prefix = "\(scheme)://".utf8
      let start = rest.prefix(prefix.count)
      if start.elementsEqual(prefix, by: { Self.lowercased($0) == $1 }) {
        rest = rest.dropFirst(prefix.count)
        return scheme
      }
    }
    throw invalid("must start with http:// or https://")
  }

  /// Takes everything up to the path off the front.
  mutating func hostAndPort() throws(URLProblem) -> (host: String, port: Int?) {
    let end = rest.firstIndex(where: Self.endsAuthority) ?? rest.endIndex
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

  /// Path and query; to be asked last.
  func target() -> (path: String, query: String?, hasFragment: Bool) {
    let target = rest.prefix { $0 != UInt8(ascii: "#") }
    let path = target.prefix { $0 != UInt8(ascii: "?") }
    let query = target[path.endIndex...].dropFirst()
    return (
      String(Substring(path)), path.endIndex < target.endIndex ? String(Substring(query)) : nil,
      target.endIndex < rest.endIndex
    )
  }

  private func bracketed(
    _ text: Substring.UTF8View
  ) throws(URLProblem) -> (host: String, port: Int?) {
    guard let end = text.firstIndex(of: UInt8(ascii: "]")) else {
      throw invalid("has a [ without ]")
    }
    let host = String(Substring(text[..<end])).lowercased()
    guard IPAddress.version6(host) != nil else {
      throw invalid("has no IPv6 address between [ and ]")
    }
    return (host, try port(text[text.index(after: end)...]))
  }

  /// Reads what follows the host: nothing, or a colon and a port.
  private func port(_ text: Substring.UTF8View) throws(URLProblem) -> Int? {
    guard let first = text.first else { return nil }
    let digits = text.dropFirst()
    guard
      first == UInt8(ascii: ":"), (1...5).contains(digits.count),
      digits.allSatisfy(\.isASCIIDigit), let port = Int(Substring(digits)),
      (1...65_535).contains(port)
    else { throw invalid("must have a port between 1 and 65535, or none") }
    return port
  }

  private func check(host: String) throws(URLProblem) {
    guard !host.isEmpty else { throw invalid("has no host") }
    guard host.utf8.allSatisfy(Self.isHostByte) else {
      throw invalid("has a host with a character that names can't contain")
    }
    let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let last = labels.last, labels.allSatisfy({ !$0.isEmpty }) else {
      throw invalid("has a host with a dot at its end or two in a row")
    }
    // libcurl would take 127.1, 2130706433 and 0x7f000001 for addresses, other parsers for names.
    if last.allSatisfy(\.isASCIIDigit) || last.starts(with: "0x".utf8) {
      guard IPAddress.version4(host) != nil else {
        throw invalid("has a number for a host that is not an address like 192.0.2.1")
      }
    }
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    default: byte.isASCIILetter || byte.isASCIIDigit
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private func invalid(_ problem: String) -> URLProblem {
    URLProblem(text: problem)
  }
}
