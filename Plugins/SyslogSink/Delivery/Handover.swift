/// What became of messages that were to be sent, in their order.
struct Handover: Sendable {
  /// How many of the first ones are done with: handed over, or refused.
  var count = 0
  /// Those among them that the network won't ever take, with the reason.
  var refused: [Int: String] = [:]
  /// Why the rest was not handed over; nil if there is no rest.
  var problem: (any Error)?
  /// How the connection ended that the messages before these went over; nil if it goes on.
  var end: (any Error)?
}
