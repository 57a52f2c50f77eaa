import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// One notification for one channel: what it told of, and what became of it, so that a test knows what a
/// client can have seen.
struct NotificationRecord: JournalLine {
  /// What was done with it.
  enum Outcome: String, Sendable, CaseIterable {
    /// It was sent, once unless its places say otherwise.
    case sent
    /// It was left out on purpose.
    case lost
    /// It was sent twice on purpose.
    case duplicated
    /// It was held back on purpose until another had been sent; it has no place if none came.
    case reordered
    /// It was sent, and the socket closed after it on purpose.
    case closing
    /// The connection was broken off on purpose instead.
    case cut
    /// The channel had no socket.
    case unconnected
  }

  let number: UInt64
  let time: Timestamp
  let channel: String
  let topic: String
  let correlationID: String
  let change: Change
  /// Whose channel it is.
  let user: UUIDBits?
  var outcome: Outcome
  /// Where it stands among all that was sent on the channel, from 1; twice if it was sent twice.
  ///
  /// What was sent right before a connection broke off may not have left.
  var places: [Int] = []

  /// - Parameter message: what was sent, if that is still known.
  func json(_ message: RequestBodies.Pair?) -> JSONValue {
    var members = JSONMembers()
    members.add("number", .integer(Int(truncatingIfNeeded: number)))
    members.add("time", time: time)
    members.add("channelId", text: channel)
    members.add("user", id: user)
    members.add("topic", text: topic)
    members.add("correlationId", text: correlationID)
    members.add("change", change.json)
    members.add("outcome", text: outcome.rawValue)
    members.add("places", .array(places.map { .integer($0) }))
    members.add("body", message?.responseJSON?["eventBody"])
    return members.json
  }
}
