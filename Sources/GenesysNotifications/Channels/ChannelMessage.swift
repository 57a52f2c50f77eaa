import PatchbayCore
package import PatchbayJSON

/// What a channel says, by its envelope.
package enum ChannelMessage {
  /// A heartbeat, or something that asks for nothing.
  case sign
  /// The answer to a ping: what was under way before has come.
  case answer
  /// The socket will be closed soon: another is to be opened first.
  case closing
  /// The channel brings nothing more.
  case over(String)
  /// Something about what was asked for on a topic.
  case notification(topic: String, body: JSONValue)

  /// What asks for an answer, as `NotificationHandler.cs` of the official SDKs sends it.
  static let ping = #"{"message":"ping"}"#
  /// No answer to a ping is longer.
  private static let longestAnswer = 512
  private static let limits = JSONLimits(bytes: 16 << 20, depth: 64)

  /// Whether bytes are the answer to a ping.
  static func isAnswer(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= longestAnswer, case .answer = try? Self(bytes) else { return false }
    return true
  }

  /// - Throws: `PipelineError` that says what is wrong with it.
  package init(_ bytes: [UInt8]) throws {
    let message: JSONValue
    do {
      message = try JSONValue(parsing: bytes, limits: Self.limits)
    } catch {
      throw PipelineError("a notification isn't JSON: \(error)", cause: error)
    }
    guard let topic = message["topicName"]?.string else {
      // As genesys-notifications 1.3 on PyPI knows it: a channel that expired, was evicted, or whose token ended.
      guard let result = message["result"]?.string else {
        throw PipelineError("a message of a channel has neither \"topicName\" nor \"result\"")
      }
      let words = message["message"]?.string.map { ": \(OutsideText.shown($0))" } ?? ""
      self =
        result == "200"
        ? .sign : .over("the platform answered \(OutsideText.shown(result))\(words)")
      return
    }
    let body = message["eventBody"] ?? .null
    switch topic {
    case "channel.metadata": self = body["message"]?.string == "pong" ? .answer : .sign
    case "v2.system.socket_closing": self = .closing
    case "v2.system.token_revoked": self = .over("its token was revoked")
    case "v2.system.no_longer_subscribed": self = .over("somebody else connected to the channel")
    default: self = topic.hasPrefix("v2.system.") ? .sign : .notification(topic: topic, body: body)
    }
  }
}
