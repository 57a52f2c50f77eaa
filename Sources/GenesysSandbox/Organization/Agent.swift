import ContactModel
import PatchbayCore

/// A user of the organisation: where they stand, and where they stood.
struct Agent: Sendable {
  /// From when on something held.
  struct Period<Value: Sendable>: Sendable {
    var start: Timestamp
    var value: Value
  }

  /// A communication of a conversation.
  struct Leg: Sendable, Equatable {
    var conversation: UUIDBits
    var communication: UUIDBits
  }

  /// How many changes are remembered of each kind.
  static let historyLimit = 10_000

  let id: UUIDBits
  var name: String
  var email: String
  /// Changes of presence, the last one being the present one.
  private(set) var presences: [Period<SystemPresence>]
  private(set) var presenceMessage = ""
  /// Changes of routing status, the last one being the present one.
  private(set) var statuses: [Period<RoutingStatus>]
  /// What the agent has to do with now, after-call work included.
  var legs: [Leg] = []

  init(id: UUIDBits, name: String, email: String, since start: Timestamp) {
    self.id = id
    self.name = name
    self.email = email
    presences = [Period(start: start, value: .offline)]
    statuses = [Period(start: start, value: .offQueue)]
  }

  var presence: Period<SystemPresence> {
    presences.last ?? Period(start: Timestamp(nanoseconds: 0), value: .offline)
  }

  var status: Period<RoutingStatus> {
    statuses.last ?? Period(start: Timestamp(nanoseconds: 0), value: .offQueue)
  }

  var isOnQueue: Bool { presence.value == .onQueue }

  /// Takes a presence; says whether it is another than before.
  mutating func set(
    presence: SystemPresence, message: String, at time: Timestamp
  ) -> Bool {
    let isChange = self.presence.value != presence || presenceMessage != message
    presenceMessage = message
    if self.presence.value != presence { Self.append(presence, at: time, to: &presences) }
    return isChange
  }

  /// Takes a routing status; says whether it is another than before.
  mutating func set(status: RoutingStatus, at time: Timestamp) -> Bool {
    guard self.status.value != status else { return false }
    Self.append(status, at: time, to: &statuses)
    return true
  }

  /// Appends a change; one that starts with another, or with what comes before the first, replaces
  /// it: nothing lasted for no time.
  private static func append<Value>(
    _ value: Value, at time: Timestamp, to periods: inout [Period<Value>]
  ) {
    let start = periods.count == 1 ? time : max(time, periods.last?.start ?? time)
    if periods.last?.start == start {
      periods[periods.count - 1].value = value
      return
    }
    if periods.count == historyLimit { periods.removeFirst(historyLimit / 10) }
    periods.append(Period(start: start, value: value))
  }
}
