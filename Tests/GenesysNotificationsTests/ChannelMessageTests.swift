import GenesysNotifications
import PatchbayCore
import PatchbayJSON
import Testing

/// What a channel says, and where its socket may be.
struct ChannelMessageTests {
  private func read(_ text: String) throws -> String {
    switch try ChannelMessage(Array(text.utf8)) {
    case .sign: "sign"
    case .answer: "answer"
    case .closing: "closing"
    case .over(let reason): "over: \(reason)"
    case .notification(let topic, let body): "\(topic) \(body.text())"
    }
  }

  @Test func `envelopes are told apart`() throws {
    #expect(
      try read(#"{"topicName":"channel.metadata","eventBody":{"message":"WebSocket Heartbeat"}}"#)
        == "sign")
    #expect(
      try read(#"{"topicName":"channel.metadata","eventBody":{"message":"pong"}}"#) == "answer")
    #expect(try read(#"{"topicName":"v2.system.socket_closing","eventBody":{}}"#) == "closing")
    #expect(
      try read(#"{"topicName":"v2.system.token_revoked","eventBody":{}}"#)
        == "over: its token was revoked")
    #expect(
      try read(#"{"result":"404","status":"error","message":"channel expired"}"#)
        == "over: the platform answered 404: channel expired")
    #expect(try read(#"{"result":"200","status":"subscribed"}"#) == "sign")
    #expect(
      try read(#"{"topicName":"v2.users.x.presence","version":"2","eventBody":{"a":1}}"#)
        == #"v2.users.x.presence {"a":1}"#)
  }

  @Test(arguments: ["", "{", "[1]", "7", #"{"eventBody":{}}"#, "\u{0}", #"{"topicName":7}"#])
  func `what is none is refused`(text: String) {
    #expect(throws: PipelineError.self) { try ChannelMessage(Array(text.utf8)) }
  }

  @Test func `topics name a user, in either case`() throws {
    let user = "0000abcd-0000-0001-0000-00000000000f"
    for spelling in [user, user.uppercased()] {
      let found = try #require(WatchedTopic.parse("v2.users.\(spelling).routingStatus"))
      #expect(found.user.description == user && found.topic == .routingStatus)
    }
    for name in ["v2.users.x.presence", "v2.users.\(user).station", "v2.users.\(user)", ""] {
      #expect(WatchedTopic.parse(name) == nil)
    }
  }

  @Test func `users are dealt out to channels of a thousand topics`() {
    let users = (0..<700).map { UUIDBits(high: 1, low: UInt64($0)) }
    let shares = ChannelShare.deal(users, WatchedTopic.allCases)
    #expect(shares.map(\.users.count) == [333, 333, 34])
    #expect(shares.flatMap(\.users) == users)
    #expect(ChannelShare.deal(users, [.presence]).map(\.users.count) == [700])
    #expect(ChannelShare.mostUsers([.presence]) == 19_000)
  }

  @Test func `a channel's address must lead where requests go`() throws {
    let local = try SocketURL("ws://127.0.0.1:8080/channels/x?y", isStandIn: true)
    #expect(!local.isSecure && local.port == 8080 && local.target == "/channels/x?y")
    let real = try SocketURL(
      "wss://streaming.mypurecloud.de/channels/streaming-0-x", isStandIn: false)
    #expect(real.isSecure && real.port == 443 && real.authority == "streaming.mypurecloud.de:443")
    for (text, isStandIn) in [
      ("ws://streaming.mypurecloud.de/channels/x", false), ("wss://evil.example/channels/x", false),
      ("wss://streaming.mypurecloud.de.evil.example/x", false), ("wss://127.0.0.1/x", false),
      ("wss://evil.example/x", true), ("http://127.0.0.1/x", true), ("x", true),
      ("ws://user@127.0.0.1/x", true),
    ] {
      #expect(throws: PipelineError.self) { try SocketURL(text, isStandIn: isStandIn) }
    }
  }
}
