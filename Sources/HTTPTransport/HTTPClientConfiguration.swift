/// How an ``HTTPClient`` connects.
///
/// It is read once, when the client is made.
///
/// What isn't here can't be chosen: TLS is at least 1.2, servers' certificates are verified,
/// redirects are answers like any other, and there are no cookies and no `.netrc`.
///
/// Proxies are taken from the environment as curl does it (`http_proxy`, `HTTPS_PROXY`,
/// `ALL_PROXY`, `NO_PROXY`), but never for a ``LoopbackHost``.
public struct HTTPClientConfiguration: Sendable {
  /// A file of PEM certificates to trust instead of the system's, for a private authority.
  public var caFile: String?

  /// A file of PEM certificates that the client shows to servers that want one: its own first, then
  /// those between it and its authority; nil for none.
  public var clientCertificate: String?

  /// A file with that certificate's key in PEM form, without a passphrase; nil if the certificate's file
  /// holds it.
  public var clientKey: String?

  /// The time for name lookup, connection and TLS handshake together.
  ///
  /// The request's own timeout applies as well.
  public var connectTimeout: Duration

  /// How many requests to one scheme, host and port are under way at the same time, and thus how
  /// many connections; at least 1.
  ///
  /// More requests wait their turn in order of arrival.
  public var maximumConnectionsPerHost: Int

  /// How many threads carry the requests; at least 1, at most as many as there are connections to a host,
  /// which are divided among them.
  ///
  /// One carries some ten thousand requests a second. With more, a request is carried by the thread that
  /// its task runs on, if that is one of ``HTTPClient/taskExecutors``, else by any.
  public var threads: Int

  /// After how long unused a connection is no longer reused.
  ///
  /// A server that closes idle connections may do so just when a request is on its way, which
  /// fails that request. So this should be shorter than the server's patience.
  public var maximumIdleTime: Duration

  /// The `User-Agent` of requests that have none of their own; none is sent if it is empty.
  public var userAgent: String

  /// Whether certificates go unverified if, and only if, the host is a ``LoopbackHost``.
  public var allowsUnverifiedLoopback: Bool

  /// Makes a configuration.
  ///
  /// - Parameters:
  ///   - caFile: A file of PEM certificates to trust instead of the system's.
  ///   - connectTimeout: The time to connect in; 10 seconds by default.
  ///   - maximumConnectionsPerHost: The most connections to one host; 64 by default.
  ///   - threads: How many threads carry the requests; 1 by default.
  ///   - maximumIdleTime: After how long unused a connection is no longer reused; 30 seconds
  ///     by default.
  ///   - userAgent: The `User-Agent` of requests that have none of their own.
  ///   - allowsUnverifiedLoopback: Whether loopback hosts may have any certificate.
  public init(
    caFile: String? = nil,
    connectTimeout: Duration = .seconds(10),
    maximumConnectionsPerHost: Int = 64,
    maximumIdleTime: Duration = .seconds(30),
    userAgent: String = "patchbay",
    allowsUnverifiedLoopback: Bool = false,
    threads: Int = 1
  ) {
    self.threads = threads
    self.caFile = caFile
    self.connectTimeout = connectTimeout
    self.maximumConnectionsPerHost = maximumConnectionsPerHost
    self.maximumIdleTime = maximumIdleTime
    self.userAgent = userAgent
    self.allowsUnverifiedLoopback = allowsUnverifiedLoopback
  }
}

extension HTTPClientConfiguration {
  /// How many threads are worth while for so many requests at the same time: two from 32 on.
  ///
  /// A thread with a request or two to carry is woken for each of them.
  package static func threads(for concurrency: Int) -> Int { concurrency < 32 ? 1 : 2 }
}
