/// A request to send with ``HTTPClient/send(_:)``.
///
/// ```swift
/// let request = HTTPRequest(
///   method: "POST", url: "https://api.example/v1/events",
///   headers: ["Content-Type": "application/json"], body: Array(json.utf8))
/// ```
public struct HTTPRequest: Sendable {
  /// The method, such as `GET` or `POST`; any HTTP token but `CONNECT`.
  ///
  /// Its case matters.
  public var method: String

  /// An absolute `http` or `https` URL, as ``HTTPURL`` reads it.
  public var url: String

  /// The header fields to send.
  ///
  /// The client adds `Host`, `User-Agent` and `Accept: */*` unless they are here. It always
  /// writes `Content-Length` itself, and refuses to send that one and `Transfer-Encoding`.
  /// It doesn't ask for compression and doesn't decode it: a caller that sends
  /// `Accept-Encoding` gets the bytes as they come. `Expect: 100-continue` makes the client
  /// wait for the server's consent, one second at most, before it sends the body; a server's
  /// refusal by status 417 is the response, whose body is left out.
  public var headers: HTTPHeaders

  /// The body's bytes.
  ///
  /// `POST`, `PUT` and `PATCH` say `Content-Length: 0` if it is empty; other methods then have no
  /// body at all. `HEAD` can't have one.
  public var body: [UInt8]

  /// The time for the whole request, from the call of `send` to the last byte of the answer,
  /// waiting for a free connection included.
  ///
  /// Must be more than zero.
  public var timeout: Duration

  /// The longest response body to accept, in bytes, as it is on the wire without chunk framing.
  ///
  /// A longer one fails the request with ``HTTPError/Kind/responseTooLarge``, unless
  /// ``dropsOverlongBody`` says otherwise.
  public var maximumResponseBytes: Int

  /// Whether a body that is too long is left out of the response, for callers to whom the status
  /// says enough.
  ///
  /// The connection is closed then, instead of reading the rest; see
  /// ``HTTPResponse/isBodyDropped``.
  public var dropsOverlongBody: Bool

  /// Makes a request.
  ///
  /// It is checked when it is sent.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - url: An absolute `http` or `https` URL.
  ///   - headers: The header fields to send.
  ///   - body: The body's bytes.
  ///   - timeout: The time for the whole request; 30 seconds by default.
  ///   - maximumResponseBytes: The longest body to accept; 1 MiB by default.
  ///   - dropsOverlongBody: Whether a longer one is left out instead of failing the request.
  public init(
    method: String = "GET",
    url: String,
    headers: HTTPHeaders = [:],
    body: [UInt8] = [],
    timeout: Duration = .seconds(30),
    maximumResponseBytes: Int = 1 << 20,
    dropsOverlongBody: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.maximumResponseBytes = maximumResponseBytes
    self.dropsOverlongBody = dropsOverlongBody
  }
}
