import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// A response as the endpoints make it, free of the server's types.
struct Answer: Sendable {
  var status: Int
  /// Headers beside those that every answer has.
  var fields: [(name: String, value: String)] = []
  /// Nil for none at all, as with 204.
  var body: JSONValue?
  /// A page for people, instead of a body.
  var page: String?
  /// Whether the body ends in its middle.
  var breaksOff = false
  /// Whether it goes to somebody whose requests aren't answered.
  var isForeign = false
}

extension Answer {
  /// Whether something is sent behind the head.
  var hasBody: Bool { body != nil || page != nil }

  /// The body as it is sent.
  var bytes: [UInt8] {
    if let page { return Array(page.utf8) }
    guard let body else { return [] }
    var bytes: [UInt8] = []
    JSONWriter.append(body, to: &bytes)
    return bytes
  }
}

/// What the sandbox does about a request.
struct Reply {
  /// The answer; nil to close the connection without one.
  var answer: Answer?
  /// The answer's body, as it is sent unless it breaks off.
  var body: [UInt8] = []
  /// The sandbox's present.
  var date: Timestamp
  /// How long that takes, in real time.
  var latency = Duration.zero
  /// Who is asked again for an answer once something has happened; nil if this is it.
  var wait: Wait?
  /// How long the body takes, once the head was sent, in real time.
  var slowBody = Duration.zero
}

/// Asks again for an answer that isn't there yet.
struct Wait: Sendable {
  /// How long, in real time: a client lives in it.
  var patience: Duration
  /// The answer, if there is one by now; with `true` whatever comes nearest.
  var answer: @Sendable (_ isLast: Bool) -> Reply?
}

/// Ends an endpoint's work with an error answer.
struct Refusal: Error {
  var error: PlatformError
  var fields: [(name: String, value: String)] = []

  init(_ error: PlatformError, fields: [(name: String, value: String)] = []) {
    self.error = error
    self.fields = fields
  }

  /// The answer in the words of a login (RFC 6749 §5.2), where it is a fault on purpose; else as anywhere.
  func loginAnswer(contextID: String) -> Answer {
    guard let status = error.status, status == 429 || status >= 500 else {
      return answer(contextID: contextID)
    }
    let name = status == 500 ? "server_error" : "temporarily_unavailable"
    return Answer(
      status: status, fields: fields, body: TokenError(name, error.message).json)
  }

  /// The answer, which names the request.
  func answer(contextID: String) -> Answer {
    var error = error
    error.contextID = contextID
    return Answer(status: error.status ?? 500, fields: fields, body: error.json)
  }
}
