import ContactModel
import PatchbayCore

/// Where calls wait for agents.
struct Queue: Sendable {
  /// An agent of a queue.
  struct Member: Sendable, Equatable {
    /// Whether they take its calls at present.
    var isJoined = true
    var ringNumber = 1
  }

  let id: UUIDBits
  var name: String
  var description: String?
  var members: [UUIDBits: Member] = [:]
  /// What its calls are wrapped up with.
  var wrapUpCodes: [UUIDBits] = []
  var afterCallWork = AfterCallWorkPrompt.optional
  /// How long after-call work may take, where it ends by itself.
  var afterCallWorkTime = Duration.seconds(120)
  /// How long a call rings at an agent.
  var alertingTime = Duration.seconds(8)
  let created: Timestamp
  var modified: Timestamp

  /// How many take its calls.
  var joinedCount: Int { members.values.count(where: \.isJoined) }
}
