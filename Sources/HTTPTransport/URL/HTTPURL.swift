import PatchbayOptions

/// An absolute `http` or `https` URL, split strictly.
///
/// Whatever could be read in two ways is refused, so that the host that is judged is the host
/// that is contacted: user information, control characters, spaces, characters beyond ASCII,
/// numbers that only some parsers take for an address (`127.1`, `0x7f000001`), dots behind names.
/// Path and query stay as they are written; a fragment is dropped, since it is never sent.
public struct HTTPURL: Sendable, Equatable {
  /// The schemes that there are.
  public enum Scheme: String, Sendable {
    /// Plain text; port 80 unless the URL says otherwise.
    case http
    /// Over TLS; port 443 unless the URL says otherwise.
    case https

    /// The port of URLs that have none.
    public var defaultPort: Int {
      switch self {
      case .http: 80
      case .https: 443
      }
    }
  }

  /// The scheme.
  public let scheme: Scheme

  /// The host's name or address in lower case, IPv6 addresses without brackets.
  public let host: String

  /// The port, 1 to 65535.
  public let port: Int

  /// The path and, after `?`, the query; it starts with `/`.
  public let target: String

  /// Host and port as messages show them: `api.example:443`, `[::1]:8080`.
  public let authority: String

  /// Whether the host is this machine.
  public let isLoopback: Bool

  /// Whether the host is an address, so that there is no name to look up.
  var hasAddress: Bool {
    IPAddress.version4(host) != nil || IPAddress.version6(host) != nil
  }

  /// What connections are shared by: scheme, host and port.
  let origin: String

  /// The URL in its plainest form, without a port that goes without saying.
  public var text: String {
    guard port == scheme.defaultPort else { return origin + target }
    return origin.dropLast(":\(port)".utf8.count) + target
  }

  /// Splits a URL.
  ///
  /// - Parameter text: The URL, for instance `https://api.example:8443/v1/events?limit=10`.
  /// - Throws: ``HTTPError`` of kind ``HTTPError/Kind/invalidURL``, whose message doesn't
  ///   repeat the URL: it may hold a secret.
  public init(_ text: String) throws(HTTPError) {
    let parts: URLParts
    do {
      parts = try URLParts(text)
    } catch {
      throw HTTPError(kind: .invalidURL, message: "invalid URL: \(error.text)")
    }
    scheme = parts.scheme == "https" ? .https : .http
    host = parts.host
    port = parts.port ?? scheme.defaultPort
    target = (parts.path.isEmpty ? "/" : parts.path) + (parts.query.map { "?\($0)" } ?? "")
    let isIPv6 = host.utf8.contains(UInt8(ascii: ":"))
    authority = isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    isLoopback = LoopbackHost.contains(host: host)
    origin = scheme.rawValue + "://" + authority
  }
}
