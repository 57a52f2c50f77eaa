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
  /// Whether the body ends in its middle.
  var breaksOff = false
}

/// What the sandbox does about a request.
struct Reply {
  /// The answer; nil to close the connection without one.
  var answer: Answer?
  /// The sandbox's present.
  var date: Timestamp
  /// How long that takes, in real time.
  var latency = Duration.zero
  /// How long the body takes, once the head was sent, in real time.
  var slowBody = Duration.zero
}

/// Ends an endpoint's work with an error answer.
struct Refusal: Error {
  var error: PlatformError
  var fields: [(name: String, value: String)] = []

  init(_ error: PlatformError, fields: [(name: String, value: String)] = []) {
    self.error = error
    self.fields = fields
  }

  /// The answer, which names the request.
  func answer(contextID: String) -> Answer {
    var error = error
    error.contextID = contextID
    return Answer(status: error.status ?? 500, fields: fields, body: error.json)
  }
}
