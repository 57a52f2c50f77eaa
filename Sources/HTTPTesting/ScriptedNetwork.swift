public import HTTPTransport
import Synchronization

/// A network that answers by a script and writes down what it was asked, without a socket; for the
/// tests of stages that send.
///
/// ```swift
/// let network = ScriptedNetwork { request in
///   .answer(request.url.hasSuffix("/token") ? 401 : 202)
/// }
/// var check = Conformance(MyInjector.self, options: ["url": "https://api.example.com/"])
/// check.values.network = network
/// ```
///
/// A stage gets it by `context.network`: from `Conformance.values` in a check, from
/// `RunEnvironment.values` in a run.
public final class ScriptedNetwork: HTTPNetwork, HTTPRequester {
  /// Answers one request; called by many tasks at the same time.
  public typealias Script = @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse

  private let log = Mutex<[HTTPRequest]>([])
  private let script: Script

  /// Makes a network.
  ///
  /// - Parameter script: answers each request, or says by an `HTTPError` why there is no answer.
  public init(_ script: @escaping Script) {
    self.script = script
  }

  /// A network on which everything is answered with 200 and nothing else.
  public static var agreeable: ScriptedNetwork { ScriptedNetwork { _ in .answer(200) } }

  /// What was asked, in order.
  public var requests: [HTTPRequest] { log.withLock { $0 } }

  /// What was asked, as method and URL.
  public var lines: [String] { requests.map { "\($0.method) \($0.url)" } }

  /// The network itself, whatever the configuration.
  public func makeClient(_ configuration: HTTPClientConfiguration) -> any HTTPRequester { self }

  /// Writes the request down and answers it by the script.
  public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    log.withLock { $0.append(request) }
    return try await script(request)
  }

  /// Does nothing: there is no connection.
  public func shutdown() async {}
}
