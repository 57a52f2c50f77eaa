/// Why there is no response.
///
/// Whether to try again depends on ``mayHaveReachedServer``: if it is false, the request had
/// no effect and may be repeated whatever it does; if it is true, only a request that does no
/// harm when it happens twice may be.
public struct HTTPError: Error, Sendable {
  /// What went wrong, for code to decide on.
  public enum Kind: String, Sendable, CaseIterable {
    /// The URL is not one that ``HTTPURL`` accepts.
    case invalidURL
    /// The method, a header or a limit of the request can't be used. Nothing was sent.
    case invalidRequest
    /// The host's, or its proxy's, name has no address.
    case nameLookup
    /// No connection could be established, for instance because it was refused.
    case connect
    /// The TLS handshake failed, for instance because the certificate is not trusted.
    case tls
    /// The request's or the connection's time was up.
    case timeout
    /// The connection broke while the request was sent or the response received, or the
    /// response's chunk framing did, which libcurl doesn't tell apart.
    case dropped
    /// The response's body or its headers are longer than allowed.
    case responseTooLarge
    /// The task that sent the request was cancelled.
    case cancelled
    /// The client was shut down before the request ended.
    case closed
    /// What the server sent is not a response in HTTP/1.
    case protocolViolation
    /// Anything else, such as a lack of memory.
    case other
  }

  /// What went wrong, for code to decide on.
  public var kind: Kind

  /// What went wrong, for people.
  ///
  /// It names host and port, and never the URL's path or query, nor a header's value.
  public var message: String

  /// Whether the server may have acted on the request.
  ///
  /// True as soon as a connection was ready and the request may have begun to be written.
  /// False if that never happened: refused or unfinished connections, failed name lookups,
  /// failed TLS handshakes, requests refused by the client.
  public var mayHaveReachedServer: Bool

  /// Whether the server had asked for a client certificate that the client doesn't have; most likely that
  /// is what went wrong.
  public var wantsClientCertificate = false

  /// How long the phases took until then, or nil if the request was never accepted.
  public var timings: HTTPTimings?

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - kind: What went wrong, for code to decide on.
  ///   - message: What went wrong, for people.
  ///   - mayHaveReachedServer: Whether the server may have acted on the request.
  ///   - timings: How long the phases took until then.
  public init(
    kind: Kind, message: String, mayHaveReachedServer: Bool = false, timings: HTTPTimings? = nil
  ) {
    self.kind = kind
    self.message = message
    self.mayHaveReachedServer = mayHaveReachedServer
    self.timings = timings
  }
}

extension HTTPError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
