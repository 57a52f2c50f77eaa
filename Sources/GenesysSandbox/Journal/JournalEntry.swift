import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// What stands in the journal: what came from outside, and what happened by itself.
struct JournalEntry: JournalLine {
  /// What it is about.
  enum Content: Sendable {
    case request(RequestRecord)
    case socket(SocketRecord)
    /// Something happened by itself, as when after-call work ends.
    case happening([Change])
  }

  /// The kinds, by their names.
  enum Kind: String, CaseIterable {
    case request
    case socket
    case happening
    /// Those have a journal of their own, which has places on channels beside it.
    case notification
  }

  let number: UInt64
  let time: Timestamp
  let content: Content

  var kind: Kind {
    switch content {
    case .request: .request
    case .socket: .socket
    case .happening: .happening
    }
  }

  /// - Parameter bodies: what was sent and answered, if that is still known.
  func json(_ bodies: RequestBodies.Pair?) -> JSONValue {
    var members = JSONMembers()
    members.add("number", .integer(Int(truncatingIfNeeded: number)))
    members.add("kind", text: kind.rawValue)
    members.add("time", time: time)
    switch content {
    case .request(let request): request.add(to: &members, bodies)
    case .socket(let socket): socket.add(to: &members)
    case .happening(let changes): members.add("effects", .array(changes.map(\.json)))
    }
    return members.json
  }
}

/// One request, what was answered, and what it changed.
struct RequestRecord: Sendable {
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

  let correlationID: String
  let method: String
  let target: RequestTarget
  /// What the client says that it is.
  var userAgent: String?
  var client: String?
  var user: UUIDBits?
  /// The answer's status; nil if there was none.
  var status: Int?
  var fault: Fault?
  /// How often the same was asked for before.
  var attempt: Int?
  var events: [(id: UUIDBits, result: EventResult)] = []
  var changes: [Change] = []

  func add(to members: inout JSONMembers, _ bodies: RequestBodies.Pair?) {
    members.add("correlationId", text: correlationID)
    members.add("method", text: method)
    members.add("target", text: target.withoutSecrets)
    members.add("userAgent", text: userAgent)
    members.add("client", text: client)
    members.add("user", id: user)
    members.add("status", status.map { .integer($0) })
    members.add("fault", text: fault?.rawValue)
    members.add("attempt", attempt.map { .integer($0) })
    if !events.isEmpty {
      members.add(
        "events",
        .array(
          events.map { id, result in
            ["eventId": .string(id.description), "result": .string(result.rawValue)]
          }))
    }
    if !changes.isEmpty { members.add("effects", .array(changes.map(\.json))) }
    members.add("requestBody", bodies?.requestJSON)
    members.add("responseBody", bodies?.responseJSON)
  }
}

/// What happened on a notification channel's socket.
struct SocketRecord: Sendable {
  /// What it was.
  enum Event: String, Sendable, CaseIterable {
    /// It was opened.
    case opened
    /// It was asked for, and there is no such channel.
    case refused
    /// The client said something.
    case received
    /// It was closed, by whichever side.
    case closed
  }

  var event: Event
  var channel: String
  /// The channel's user.
  var user: UUIDBits?
  /// What the client said.
  var message: String?

  func add(to members: inout JSONMembers) {
    members.add("event", text: event.rawValue)
    members.add("channelId", text: channel)
    members.add("user", id: user)
    members.add("message", text: message)
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
    case .membership(let queue, let agent, let isJoined):
      [
        "type": "membership", "queueId": .string(queue.description),
        "userId": .string(agent.description), "joined": .bool(isJoined),
      ]
    case .communication(let progress, let conversation, let communication):
      [
        "type": .string(progress.rawValue), "conversationId": .string(conversation.description),
        "communicationId": .string(communication.description),
      ]
    }
  }
}
