import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// One request, what was answered, and what it changed.
struct JournalEntry: Sendable {
  /// What became of an event that the request carried.
  enum EventResult: String, Sendable {
    /// It happened.
    case accepted
    /// It had happened before.
    case duplicate
    /// It can't happen.
    case refused
    /// A fault struck first.
    case untouched
  }

  let number: UInt64
  let time: Timestamp
  let correlationID: String
  let method: String
  let target: String
  var client: String?
  var user: UUIDBits?
  /// The answer's status; nil if there was none.
  var status: Int?
  var fault: Fault?
  /// How often the same was asked for before.
  var attempt: Int?
  var events: [(id: UUIDBits, result: EventResult)] = []
  var changes: [Change] = []

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("number", .integer(Int(truncatingIfNeeded: number))),
      .init("time", .string(time.platformText)),
      .init("correlationId", .string(correlationID)),
      .init("method", .string(method)),
      .init("target", .string(target)),
    ]
    if let client { members.append(.init("client", .string(client))) }
    if let user { members.append(.init("user", .string(user.description))) }
    if let status { members.append(.init("status", .integer(status))) }
    if let fault { members.append(.init("fault", .string(fault.rawValue))) }
    if let attempt { members.append(.init("attempt", .integer(attempt))) }
    if !events.isEmpty {
      members.append(
        .init(
          "events",
          .array(
            events.map { id, result in
              ["eventId": .string(id.description), "result": .string(result.rawValue)]
            })))
    }
    if !changes.isEmpty { members.append(.init("effects", .array(changes.map(\.json)))) }
    return .object(members)
  }
}

extension Change {
  /// How the journal tells of it.
  var json: JSONValue {
    switch self {
    case .presence(let agent): ["type": "presence", "userId": .string(agent.description)]
    case .routingStatus(let agent, let from, let to):
      [
        "type": "routingStatus", "userId": .string(agent.description),
        "from": .string(from.rawValue), "to": .string(to.rawValue),
      ]
    case .established(let conversation, let communication):
      Self.json("established", conversation, communication)
    case .updated(let conversation, let communication):
      Self.json("updated", conversation, communication)
    case .ended(let conversation, let communication):
      Self.json("ended", conversation, communication)
    case .wrappedUp(let conversation, let communication):
      Self.json("wrappedUp", conversation, communication)
    }
  }

  private static func json(
    _ type: String, _ conversation: UUIDBits, _ communication: UUIDBits
  ) -> JSONValue {
    [
      "type": .string(type), "conversationId": .string(conversation.description),
      "communicationId": .string(communication.description),
    ]
  }
}
