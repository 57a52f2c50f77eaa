/// How long the phases of one request took, in monotonic real time.
///
/// A phase is nil if it did not happen, did not end or could not be measured; it is never 0
/// to mean any of these. The phases don't add up to ``total``: it also holds the time before
/// a connection was free, and what lies between the phases.
public struct HTTPTimings: Sendable, Equatable {
  /// Finding the host's addresses.
  ///
  /// Nil if the URL has an address instead of a name, or an open connection was reused.
  public var nameLookup: Duration?

  /// Establishing the TCP connection.
  ///
  /// Nil on a reused connection.
  public var connect: Duration?

  /// The TLS handshake.
  ///
  /// Nil for `http` and on a reused connection.
  public var tls: Duration?

  /// Handing the request's head and body to the operating system.
  ///
  /// Nil if that never ended, also when a server answered without having read the whole body.
  public var send: Duration?

  /// From the end of ``send`` to the first line of the final response.
  public var wait: Duration?

  /// From the first line of the final response to its last byte.
  public var receive: Duration?

  /// From the call of `send` to the outcome, whatever it is.
  public var total: Duration

  /// Whether the request went over a connection that an earlier one had opened.
  public var reusedConnection: Bool

  /// Makes timings, for code that stands in for a server.
  ///
  /// - Parameters:
  ///   - nameLookup: Finding the host's addresses.
  ///   - connect: Establishing the TCP connection.
  ///   - tls: The TLS handshake.
  ///   - send: Sending the request.
  ///   - wait: Waiting for the final response to begin.
  ///   - receive: Receiving the final response.
  ///   - total: The whole request.
  ///   - reusedConnection: Whether an open connection was reused.
  public init(
    nameLookup: Duration? = nil,
    connect: Duration? = nil,
    tls: Duration? = nil,
    send: Duration? = nil,
    wait: Duration? = nil,
    receive: Duration? = nil,
    total: Duration,
    reusedConnection: Bool = false
  ) {
    self.nameLookup = nameLookup
    self.connect = connect
    self.tls = tls
    self.send = send
    self.wait = wait
    self.receive = receive
    self.total = total
    self.reusedConnection = reusedConnection
  }
}
