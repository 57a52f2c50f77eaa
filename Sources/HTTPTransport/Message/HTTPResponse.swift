/// A complete response, of whatever status: 404 and 503 are answers, not errors.
public struct HTTPResponse: Sendable {
  /// The status code, 200 to 999.
  ///
  /// Interim responses (1xx) are never reported.
  public var status: Int

  /// The header fields in the order received, without those of interim responses and without
  /// trailers.
  ///
  /// Bytes that are not UTF-8 are replaced by U+FFFD.
  public var headers: HTTPHeaders

  /// The body's bytes, without chunk framing, not decompressed.
  public var body: [UInt8]

  /// Whether there was a body that was too long, so that ``body`` is empty; only for requests with
  /// ``HTTPRequest/dropsOverlongBody``.
  public var isBodyDropped: Bool

  /// How long the phases of the exchange took.
  public var timings: HTTPTimings

  /// Makes a response, for code that stands in for a server.
  ///
  /// - Parameters:
  ///   - status: The status code.
  ///   - headers: The header fields.
  ///   - body: The body's bytes.
  ///   - isBodyDropped: Whether there was a body that was too long.
  ///   - timings: How long the phases took.
  public init(
    status: Int, headers: HTTPHeaders, body: [UInt8], isBodyDropped: Bool = false,
    timings: HTTPTimings
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.isBodyDropped = isBodyDropped
    self.timings = timings
  }
}
