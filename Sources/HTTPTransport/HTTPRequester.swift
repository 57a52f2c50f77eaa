/// Whatever sends requests and gets responses: an ``HTTPClient``, or something that stands in for
/// the network.
public protocol HTTPRequester: Sendable {
  /// Sends a request and waits for the whole response.
  ///
  /// - Parameter request: What to send, and how long to wait.
  /// - Returns: The response, whatever its status.
  /// - Throws: ``HTTPError`` if there is no complete response.
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse

  /// What tasks that send many requests run best on, evenly divided; none for wherever they are.
  var taskExecutors: [any TaskExecutor] { get }

  /// Ends it; later requests fail with ``HTTPError/Kind/closed``.
  func shutdown() async
}

extension HTTPRequester {
  /// Nothing in particular.
  public var taskExecutors: [any TaskExecutor] { [] }
}

extension HTTPClient: HTTPRequester {}
