import ContactModel
import PatchbayCore

/// Something that became different, for notifications and the journal.
enum Change: Sendable, Equatable {
  /// An agent's presence or its message.
  case presence(agent: UUIDBits)
  /// An agent's routing status.
  case routingStatus(agent: UUIDBits, from: RoutingStatus, to: RoutingStatus)
  /// An agent's membership of a queue, or what they do as a member.
  case membership(queue: UUIDBits, agent: UUIDBits, isJoined: Bool)
  /// Somebody's part in a conversation.
  case communication(Progress, conversation: UUIDBits, communication: UUIDBits)

  /// What happened to a communication.
  enum Progress: String, Sendable, CaseIterable {
    /// It came to be.
    case established
    case answered
    case held
    /// It is no longer held.
    case retrieved
    case muted
    case unmuted
    /// An email is on its way out.
    case transmitting
    /// An email went out.
    case sent
    /// What is known of it is another.
    case described
    /// It is over.
    case ended
    /// Nothing more comes of it.
    case terminated
    /// After-call work was done, or left out.
    case wrappedUp
  }
}

/// A change, with what it was about as it stood then: others may follow before anybody is told.
struct Occurrence: Sendable {
  /// An agent's standing.
  struct Standing: Sendable {
    var presence: Agent.Period<AgentPresence>
    var presenceMessage: String
    var status: Agent.Period<RoutingStatus>
  }

  /// What a change is about.
  enum Subject: Sendable {
    case agent(Standing)
    case conversation(Conversation)
  }

  var change: Change
  var subject: Subject
}
