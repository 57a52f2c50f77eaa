import HTTPTesting
import HTTPTransport
import Synchronization

/// Answers in order; the last one lasts.
final class Replies: Sendable {
  private let rest: Mutex<[Result<HTTPResponse, HTTPError>]>

  init(_ replies: Result<HTTPResponse, HTTPError>...) {
    rest = Mutex(replies)
  }

  var network: ScriptedNetwork {
    ScriptedNetwork { [self] _ throws(HTTPError) in
      let next = rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
      return try next.get()
    }
  }
}

extension Result<HTTPResponse, HTTPError> {
  /// No answer to a request that can't have reached the server.
  static let refusedConnection = Result.failure(
    HTTPError(kind: .connect, message: "a.example:443: cannot connect"))

  /// No answer to a request that may have reached the server.
  static let silence = Result.failure(
    HTTPError(kind: .timeout, message: "a.example:443: timed out", mayHaveReachedServer: true))

  static func answer(_ status: Int, _ headers: HTTPHeaders = [:]) -> Self {
    .success(.answer(status, headers))
  }
}
