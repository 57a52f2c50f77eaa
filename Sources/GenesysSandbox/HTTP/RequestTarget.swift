/// The target of a request line (RFC 9112 §3.2), cut into path and query, both as they were sent.
struct RequestTarget {
  /// The path, at least `/`.
  var path: String
  /// What follows the question mark.
  var query: String
  /// Host and port, if it is a whole URL.
  var authority: String?

  /// Path and query.
  var text: String { query.isEmpty ? path : "\(path)?\(query)" }

  /// Reads a path with a query, or a whole URL, whose scheme doesn't matter here.
  init(parsing text: String) {
    var rest = text.utf8[...]
    if rest.first != UInt8(ascii: "/"), let scheme = Self.end(ofSchemeIn: rest) {
      let authority = rest[scheme...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
      self.authority = String(decoding: authority, as: UTF8.self)
      rest = rest[authority.endIndex...]
    }
    let path = rest.prefix { $0 != UInt8(ascii: "?") }
    self.path = path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
    query = String(decoding: rest.dropFirst(path.count + 1), as: UTF8.self)
  }

  private static func end(ofSchemeIn text: Substring.UTF8View) -> Substring.UTF8View.Index? {
    let scheme = text.prefix { $0 != UInt8(ascii: ":") }
    let separator = text[scheme.endIndex...].prefix(3)
    return separator.elementsEqual("://".utf8) ? separator.endIndex : nil
  }
}
