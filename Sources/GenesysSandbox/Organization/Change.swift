import ContactModel
import PatchbayCore

/// Something that became different, for notifications and the journal.
enum Change: Sendable, Equatable {
  /// An agent's presence or its message.
  case presence(agent: UUIDBits)
  /// An agent's routing status.
  case routingStatus(agent: UUIDBits, from: RoutingStatus, to: RoutingStatus)
  /// A communication came to be.
  case established(conversation: UUIDBits, communication: UUIDBits)
  /// A communication is another, but not over.
  case updated(conversation: UUIDBits, communication: UUIDBits)
  /// A communication is over.
  case ended(conversation: UUIDBits, communication: UUIDBits)
  /// After-call work was done, or left out.
  case wrappedUp(conversation: UUIDBits, communication: UUIDBits)
}
