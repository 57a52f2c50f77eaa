import HTTPTransport
import PatchbayJSON
import Synchronization

/// A network that answers by a function, and writes down what it was asked.
final class AnsweringNetwork: HTTPNetwork, HTTPRequester {
  typealias Answerer = @Sendable (HTTPRequest) throws(HTTPError) -> HTTPResponse

  private let log = Mutex<[HTTPRequest]>([])
  private let answer: Answerer

  init(_ answer: @escaping Answerer) {
    self.answer = answer
  }

  /// A network on which everything is accepted.
  static var agreeable: AnsweringNetwork { AnsweringNetwork { _ in .make(200) } }

  /// What was asked, in order.
  var requests: [HTTPRequest] { log.withLock { $0 } }

  /// What was asked, as method and URL.
  var lines: [String] { requests.map { "\($0.method) \($0.url)" } }

  func makeClient(_ configuration: HTTPClientConfiguration) -> any HTTPRequester { self }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    log.withLock { $0.append(request) }
    return try answer(request)
  }

  func shutdown() async {}
}

extension HTTPResponse {
  /// An answer that took no time.
  static func make(
    _ status: Int, _ headers: HTTPHeaders = [:], _ body: JSONValue? = nil
  ) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: headers, body: body.map { Array($0.text().utf8) } ?? [],
      timings: HTTPTimings(total: .zero))
  }
}
