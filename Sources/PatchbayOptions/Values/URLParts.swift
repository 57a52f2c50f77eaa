/// An absolute `http` or `https` URL, taken apart strictly.
///
/// Options and the HTTP client share it, so that what a configuration may say can be sent to, and so
/// that the host that is judged is the host that is contacted. Whatever could be read in two ways is
/// refused: user information, control characters, spaces, characters beyond ASCII, numbers that only
/// some parsers take for an address (`127.1`, `0x7f000001`), dots behind names.
package struct URLParts: Sendable {
  /// `http` or `https`.
  package let scheme: String
  /// The host's name or address in lower case; an IPv6 address without its brackets.
  package let host: String
  /// The port, if the URL says one; 1 to 65535.
  package let port: Int?
  /// The path as it is written, from its first slash; empty if there is none.
  package let path: String
  /// What follows the question mark, as it is written.
  package let query: String?
  /// Whether a fragment follows.
  package let hasFragment: Bool

  /// Takes a URL apart.
  ///
  /// - Throws: what is wrong with it, without repeating the URL: it may hold a secret.
  package init(_ text: String) throws(URLProblem) {
    var splitter = URLSplitter(text)
    scheme = try splitter.scheme()
    (host, port) = try splitter.hostAndPort()
    (path, query, hasFragment) = splitter.target()
  }
}

/// Why a text is no URL that can be used, as the rest of a sentence: `has no host`.
package struct URLProblem: Error {
  package let text: String
}
