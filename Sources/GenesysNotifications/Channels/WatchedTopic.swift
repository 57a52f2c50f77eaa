package import PatchbayCore

/// Something that is watched of each user.
package enum WatchedTopic: String, OptionChoice {
  case conversations
  case presence
  case routingStatus = "routing-status"

  package var doc: String {
    switch self {
    case .conversations: "The user's part in conversations."
    case .presence: "The user's presence."
    case .routingStatus: "The user's routing status."
    }
  }

  /// What a topic's name ends with.
  private var suffix: String {
    switch self {
    case .conversations: "conversations"
    case .presence: "presence"
    case .routingStatus: "routingStatus"
    }
  }

  /// The name of a user's topic.
  package func name(of user: UUIDBits) -> String { "v2.users.\(user).\(suffix)" }

  /// Whose topic it is, and which.
  package static func parse(_ name: String) -> (user: UUIDBits, topic: WatchedTopic)? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "v2", parts[1] == "users",
      let user = UUIDBits(lowercase: Array(parts[2].lowercased().utf8)),
      let topic = allCases.first(where: { $0.suffix == parts[3] })
    else { return nil }
    return (user, topic)
  }
}

/// The users whose topics share a channel.
package struct ChannelShare: Sendable {
  /// The most topics of a channel
  /// ([blog](https://developer.genesys.cloud/blog/2022-07-29-intro-aws-eventbridge/)).
  static let topicLimit = 1_000
  /// How many channels a client has.
  static let platformLimit = 20
  /// The most channels that are used: one is needed to replace another.
  static let channelLimit = platformLimit - 1

  package let users: [UUIDBits]
  package let topics: [WatchedTopic]

  var names: [String] { users.flatMap { user in topics.map { $0.name(of: user) } } }

  /// Deals users out to as few channels as can be.
  package static func deal(_ users: [UUIDBits], _ topics: [WatchedTopic]) -> [ChannelShare] {
    let size = topicLimit / max(1, topics.count)
    return stride(from: 0, to: users.count, by: size).map {
      ChannelShare(users: Array(users[$0..<min($0 + size, users.count)]), topics: topics)
    }
  }

  /// The most users that can be watched.
  package static func mostUsers(_ topics: [WatchedTopic]) -> Int {
    topicLimit / max(1, topics.count) * channelLimit
  }
}
