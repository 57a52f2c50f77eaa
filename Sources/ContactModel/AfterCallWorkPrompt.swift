import PatchbayCore

/// Whether agents write up a call afterwards.
package enum AfterCallWorkPrompt: String, OptionChoice, CaseIterable {
  /// They may, with a code, but are free at once.
  case optional
  /// They have to.
  case mandatory
  /// They have to, and it ends by itself after a time.
  case timeout
  /// They have to, until a time is over, and not before.
  case forcedTimeout = "forced_timeout"
  /// They have to if they asked for it.
  case agentRequested = "agent_requested"
}

extension AfterCallWorkPrompt {
  /// Whether a call is followed by work before its agent is free.
  package var isAskedFor: Bool {
    switch self {
    case .mandatory, .timeout, .forcedTimeout: true
    case .optional, .agentRequested: false
    }
  }

  /// Whether that work ends by itself.
  package var endsByItself: Bool { self == .timeout || self == .forcedTimeout }

  /// The word in participants (`wrapupPrompt` of `Participant` in the official client).
  package var participantName: String {
    switch self {
    case .optional: "optional"
    case .mandatory: "mandatory"
    case .timeout: "timeout"
    case .forcedTimeout: "forcedTimeout"
    case .agentRequested: "agentRequested"
    }
  }

  /// The word in queues (`wrapupPrompt` of `AcwSettings` in the official client).
  package var queueName: String {
    switch self {
    case .optional: "OPTIONAL"
    case .mandatory: "MANDATORY"
    case .timeout: "MANDATORY_TIMEOUT"
    case .forcedTimeout: "MANDATORY_FORCED_TIMEOUT"
    case .agentRequested: "AGENT_REQUESTED"
    }
  }

  package init?(queueName: String) {
    guard let prompt = Self.allCases.first(where: { $0.queueName == queueName }) else { return nil }
    self = prompt
  }
}
