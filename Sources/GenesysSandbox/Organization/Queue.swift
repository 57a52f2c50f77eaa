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

  /// Who takes its calls, in the order of their ids.
  var joinedMembers: [UUIDBits] {
    members.filter(\.value.isJoined).map(\.key).sorted { ($0.high, $0.low) < ($1.high, $1.low) }
  }
}

extension AfterCallWorkPrompt {
  /// Whether a call is followed by work before its agent is free.
  var isAskedFor: Bool {
    switch self {
    case .mandatory, .timeout, .forcedTimeout: true
    case .optional, .agentRequested: false
    }
  }

  /// Whether that work ends by itself.
  var endsByItself: Bool { self == .timeout || self == .forcedTimeout }

  /// The word in participants (`wrapupPrompt` of `Participant` in the official client).
  var participantName: String {
    switch self {
    case .optional: "optional"
    case .mandatory: "mandatory"
    case .timeout: "timeout"
    case .forcedTimeout: "forcedTimeout"
    case .agentRequested: "agentRequested"
    }
  }

  /// The word in queues (`wrapupPrompt` of `AcwSettings` in the official client).
  var queueName: String {
    switch self {
    case .optional: "OPTIONAL"
    case .mandatory: "MANDATORY"
    case .timeout: "MANDATORY_TIMEOUT"
    case .forcedTimeout: "MANDATORY_FORCED_TIMEOUT"
    case .agentRequested: "AGENT_REQUESTED"
    }
  }

  init?(queueName: String) {
    guard let prompt = Self.allCases.first(where: { $0.queueName == queueName }) else { return nil }
    self = prompt
  }
}
