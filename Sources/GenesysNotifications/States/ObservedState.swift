import ContactModel
import PatchbayCore

/// A state in which a user was seen, or their part in a conversation.
struct ObservedState: Sendable, Equatable {
  let user: UUIDBits
  /// Nil for what is about the user alone.
  let conversation: UUIDBits?
  /// In the platform's terms, as of `PlatformState`, `SystemPresence` and `RoutingStatus`.
  let state: String
  /// When it began, if the platform says.
  let time: Timestamp?
  /// The same whenever the same state is seen, and else another.
  let id: String
}

/// A step of a user's part in a conversation.
enum PartStep: Sendable, Equatable {
  case alerting
  /// Talking, also again after a hold.
  case connected
  case held
  /// It is over, in one of the states that tell how.
  case over(String)
  /// The work after it is over, in one of the states that tell how.
  case afterWork(String)

  var state: String {
    switch self {
    case .alerting: PlatformState.alerting
    case .connected: PlatformState.connected
    case .held: PlatformState.held
    case .over(let state), .afterWork(let state): state
    }
  }
}

/// A step, and when it was taken, if that is known.
struct TimedStep: Sendable, Equatable {
  let step: PartStep
  let time: Timestamp?
}

/// A user's part in a conversation: one offer, and what came of it.
struct ConversationPart: Sendable, Hashable {
  let conversation: UUIDBits
  let user: UUIDBits
  /// The communication's id.
  let communication: UUIDBits
}
