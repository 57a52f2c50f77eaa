import HTTPTypes
import NIOHTTP1
import PatchbayCore

/// What a browser is told about pages of other origins
/// ([Fetch standard](https://fetch.spec.whatwg.org/#http-cors-protocol)).
///
/// Only origins that an option names come this far; all others are refused before.
struct CrossOrigin {
  /// What browsers let a page read of an answer beside its body.
  private static let exposed = [
    "ININ-Correlation-Id", "inin-ratelimit-count", "inin-ratelimit-allowed",
    "inin-ratelimit-reset", "Retry-After",
  ].joined(separator: ", ")

  private let origin: String
  private let requestedMethod: String?
  private let requestedHeaders: [String]
  private let asksForPrivateNetwork: Bool

  /// Nil if a request doesn't come from a page of another origin.
  init?(_ head: HTTPRequestHead) {
    guard let origin = head.headers.first(name: "Origin") else { return nil }
    self.origin = origin
    requestedMethod =
      head.method == .OPTIONS ? head.headers.first(name: "Access-Control-Request-Method") : nil
    requestedHeaders = head.headers[canonicalForm: "Access-Control-Request-Headers"].map(
      String.init)
    asksForPrivateNetwork =
      head.headers.first(name: "Access-Control-Request-Private-Network") == "true"
  }

  /// The headers of an answer.
  var fields: [(name: String, value: String)] {
    [
      ("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", Self.exposed),
      ("Vary", "Origin"),
    ]
  }

  /// The answer to a browser that asks whether a page may make a request; nil if it doesn't ask.
  var preflight: Answer? {
    guard requestedMethod != nil else { return nil }
    var answer = Answer(status: 204)
    var headers = ["authorization", "content-type"]
    for name in requestedHeaders.map({ $0.lowercased() }) where Self.isHeaderName(name) {
      if !headers.contains(name) { headers.append(name) }
    }
    answer.fields = [
      ("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE"),
      ("Access-Control-Allow-Headers", headers.joined(separator: ", ")),
      ("Access-Control-Max-Age", "600"),
    ]
    if asksForPrivateNetwork {
      answer.fields.append(("Access-Control-Allow-Private-Network", "true"))
    }
    return answer
  }

  private static func isHeaderName(_ text: String) -> Bool {
    HTTPField.Name(text) != nil && text.utf8.count <= 128
  }
}
