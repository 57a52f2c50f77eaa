package import HTTPTransport

/// Which requests a script is for: a method and a URL, or a path on any host.
///
/// The query counts only if the pattern has one.
package struct RequestPattern: Sendable, Hashable {
  let text: String
  private let method: String
  private let target: String

  /// Reads `POST /api/v2/events` or `POST https://qa.example.com/events`; nil if it is neither.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty,
      parts[0].utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
      parts[1].hasPrefix("/") || parts[1].hasPrefix("http://") || parts[1].hasPrefix("https://")
    else { return nil }
    self.text = text
    method = String(parts[0])
    target = String(parts[1])
  }

  package func matches(_ request: HTTPRequest) -> Bool {
    guard request.method == method else { return false }
    var url = target.contains("?") ? request.url : String(request.url.prefix { $0 != "?" })
    if target.hasPrefix("/") {
      guard let start = url.firstRange(of: "://")?.upperBound else { return false }
      let path = url[start...].drop { $0 != "/" && $0 != "?" }
      url = path.hasPrefix("/") ? String(path) : "/" + path
    }
    return url == target
  }
}
