package import ContactModel
package import PatchbayCore

/// One service from a record: who served which call, from when to when; or what else is told of an agent.
package struct Service: Sendable {
  /// What is told.
  package enum Kind: Sendable, Equatable {
    /// A call that the agent served.
    case served
    /// An offer that the agent didn't take, until `ended`.
    case unanswered
    /// Where the agent is from `offered` on.
    case presence(SystemPresence)
  }

  /// A time within the talk in which the customer waited.
  package struct Hold: Sendable, Equatable {
    package let start: Timestamp
    package let end: Timestamp

    package init(start: Timestamp, end: Timestamp) {
      self.start = start
      self.end = end
    }
  }

  package let kind: Kind
  /// What tells it from all others of its source.
  package let number: Int
  /// Which of its source's files its record is in, from 0, and where it begins there.
  package let file: Int
  package let line: Int
  package let agent: UUIDBits
  /// The agent's number among all of the source, from 0.
  let agentNumber: Int
  package let interaction: UUIDBits
  /// When it rang at the agent; when they answered, if nothing is known of that.
  package let offered: Timestamp
  package let connected: Timestamp
  package let ended: Timestamp
  /// When the work after it was done; nil if nothing is known of any.
  package let wrapped: Timestamp?
  /// In the order of time, one after the other.
  package let holds: [Hold]

  package init(
    number: Int, file: Int = 0, line: Int, agent: UUIDBits, agentNumber: Int = 0,
    interaction: UUIDBits,
    offered: Timestamp,
    connected: Timestamp,
    ended: Timestamp, wrapped: Timestamp?, kind: Kind = .served, holds: [Hold] = []
  ) {
    self.kind = kind
    self.number = number
    self.file = file
    self.line = line
    self.agent = agent
    self.agentNumber = agentNumber
    self.interaction = interaction
    self.offered = offered
    self.connected = connected
    self.ended = ended
    self.wrapped = wrapped
    self.holds = holds
  }

  /// The day on which it begins, counted from 1970-01-01, in UTC.
  var day: Int { Self.day(of: connected) }

  static func day(of time: Timestamp) -> Int {
    let (days, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
    return Int(rest < 0 ? days - 1 : days)
  }
}
