import HTTPTypes
import PatchbayCore

/// A request as the endpoints see it, whole and free of the server's types.
struct IncomingRequest {
  /// The body, or why there is none.
  enum Body {
    case bytes([UInt8])
    /// It has more bytes than are accepted; they weren't kept.
    case tooLarge
  }

  var method: HTTPRequest.Method
  var target: RequestTarget
  /// The header `Authorization`.
  var authorization: String?
  /// The header `User-Agent`.
  var userAgent: String?
  /// The header `Content-Type`.
  var contentType: String?
  /// The header `Content-Encoding`.
  var contentEncoding: String?
  var body: Body

  /// The bytes of the body, none if they weren't kept.
  var sent: [UInt8] { if case .bytes(let bytes) = body { bytes } else { [] } }

  /// The body's media type in lower case, without parameters; empty if it isn't named, or if the
  /// body is compressed and so isn't of that type as it stands.
  var mediaType: String {
    if let contentEncoding, contentEncoding.lowercased() != "identity" { return "" }
    guard let type = contentType else { return "" }
    // What nearly everybody sends.
    if type == "application/json" { return type }
    let words = type.prefix { $0 != ";" }.split { $0 == " " || $0 == "\t" }
    return words.count == 1 ? words[0].lowercased() : ""
  }

  /// What the request is about, where it isn't about events: method, target and body.
  var key: UInt64 {
    var bytes = Array("\(method.rawValue) \(target.text)\n".utf8)
    if case .bytes(let body) = body { bytes += body }
    return KeyedRandom.key(bytes)
  }

  /// The bearer token (RFC 6750 §2.1); nil if there is none.
  ///
  /// The scheme may be in any case: the platform's own tutorials send the `token_type` they were
  /// given, `bearer`.
  var bearerToken: String? {
    guard let authorization, let space = authorization.utf8.firstIndex(of: UInt8(ascii: " "))
    else { return nil }
    let scheme = authorization[..<space]
    guard scheme == "Bearer" || scheme.lowercased() == "bearer" else { return nil }
    let token = authorization[space...].dropFirst()
    return token.isEmpty ? nil : String(token)
  }
}
