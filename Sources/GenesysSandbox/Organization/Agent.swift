import ContactModel
import PatchbayCore
import PatchbayJSON

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

  /// What a user's page says of them, beside what they do.
  struct Profile: Sendable {
    var title: String?
    var department: String?
    /// `Contact` of the official client, as they were given.
    var addresses: [JSONValue] = []
    /// Whether they still work here.
    var isActive = true
    /// How often it was changed, from 1.
    var version = 1
  }

  let id: UUIDBits
  var name: String
  var email: String
  var profile = Profile()
  /// The skills that they have.
  var skills: [UUIDBits] = []
  /// When they last logged in; nil for never.
  var lastLogin: Timestamp?
  /// Changes of presence, the last one being the present one.
  private(set) var presences: [Period<AgentPresence>]
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

  var presence: Period<AgentPresence> {
    presences.last ?? Period(start: Timestamp(nanoseconds: 0), value: .offline)
  }

  var status: Period<RoutingStatus> {
    statuses.last ?? Period(start: Timestamp(nanoseconds: 0), value: .offQueue)
  }

  var isOnQueue: Bool { presence.value.system == .onQueue }

  /// How they stand, without how they stood before.
  var standing: Occurrence.Standing {
    .init(presence: presence, presenceMessage: presenceMessage, status: status)
  }

  /// Takes a presence; says whether it is another than before.
  mutating func set(
    presence: AgentPresence, message: String, at time: Timestamp
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

/// The presence that a user is in.
struct AgentPresence: Sendable, Equatable {
  /// What it counts as.
  let system: SystemPresence
  /// The id of its definition, which may be one of the organisation's own.
  let definition: UUIDBits

  init(_ definition: Catalog.Presence) {
    system = definition.system
    self.definition = definition.id
  }

  private init(_ system: SystemPresence) {
    self.system = system
    definition = system.id
  }

  static let offline = AgentPresence(.offline)
}
