import ContactModel
package import PatchbayCore

/// A state in which a user was seen, or their part in a conversation.
package struct ObservedState: Sendable, Equatable {
  package let user: UUIDBits
  /// Nil for what is about the user alone.
  package let conversation: UUIDBits?
  /// In the platform's terms, as of `PlatformState`, `SystemPresence` and `RoutingStatus`.
  package let state: String
  /// When it began, if the platform says.
  package let time: Timestamp?
  /// The same whenever the same state is seen, and else another.
  package let id: String
}

/// A step of a user's part in a conversation.
package enum PartStep: Sendable, Equatable {
  case alerting
  /// Talking, also again after a hold.
  case connected
  case held
  /// It is over, in one of the states that tell how.
  case over(String)
  /// The work after it is over, in one of the states that tell how.
  case afterWork(String)

  package var state: String {
    switch self {
    case .alerting: PlatformState.alerting
    case .connected: PlatformState.connected
    case .held: PlatformState.held
    case .over(let state), .afterWork(let state): state
    }
  }
}

/// A step, and when it was taken, if that is known.
package struct TimedStep: Sendable, Equatable {
  package let step: PartStep
  package let time: Timestamp?

  package init(step: PartStep, time: Timestamp?) {
    self.step = step
    self.time = time
  }
}

/// A user's part in a conversation: one offer, and what came of it.
package struct ConversationPart: Sendable, Hashable {
  package let conversation: UUIDBits
  package let user: UUIDBits
  /// The communication's id.
  package let communication: UUIDBits

  package init(conversation: UUIDBits, user: UUIDBits, communication: UUIDBits) {
    self.conversation = conversation
    self.user = user
    self.communication = communication
  }
}
