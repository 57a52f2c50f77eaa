package import PatchbayCore

/// One service from a record: who served which call, from when to when.
package struct Service: Sendable {
  /// What tells it from all others of its source.
  package let number: Int
  /// Which of its source's files its record is in, from 0, and where it begins there.
  package let file: Int
  package let line: Int
  package let agent: UUIDBits
  package let interaction: UUIDBits
  /// When it rang at the agent; when they answered, if nothing is known of that.
  package let offered: Timestamp
  package let connected: Timestamp
  package let ended: Timestamp
  /// When the work after it was done; nil if nothing is known of any.
  package let wrapped: Timestamp?

  package init(
    number: Int, file: Int = 0, line: Int, agent: UUIDBits, interaction: UUIDBits,
    offered: Timestamp,
    connected: Timestamp,
    ended: Timestamp, wrapped: Timestamp?
  ) {
    self.number = number
    self.file = file
    self.line = line
    self.agent = agent
    self.interaction = interaction
    self.offered = offered
    self.connected = connected
    self.ended = ended
    self.wrapped = wrapped
  }

  /// The day on which it begins, counted from 1970-01-01, in UTC.
  var day: Int {
    let (days, rest) = connected.nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
    return Int(rest < 0 ? days - 1 : days)
  }
}
