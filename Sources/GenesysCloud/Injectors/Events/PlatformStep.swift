package import ContactModel
import HTTPDelivery
package import PatchbayCore
package import PatchbayJSON

/// One event for the platform's injection API.
package struct PlatformStep: Equatable {
  /// Where it is posted to.
  enum Endpoint: CaseIterable {
    case presence
    case routingStatus
    case conversation

    var path: String {
      switch self {
      case .presence: "/api/v2/events/users/presence"
      case .routingStatus: "/api/v2/events/users/routingstatus"
      case .conversation: "/api/v2/events/conversations"
      }
    }

    var permission: PlatformPermission {
      switch self {
      case .presence: .injectPresence
      case .routingStatus: .injectRoutingStatus
      case .conversation: .injectConversation
      }
    }
  }

  /// What it says.
  package enum Kind: Equatable {
    case presence(SystemPresence)
    case routingStatus(RoutingStatus)
    /// The customer's part begins.
    case customerEstablished
    /// The queue's part begins.
    case queueEstablished
    /// The customer's or the queue's part ends.
    case partyEnded(String)
    case established(alerting: Bool)
    case answered
    case held(Bool)
    case ended(String)
    /// Without a code it was left out.
    case wrappedUp(code: String?)
  }

  package let kind: Kind
  /// The communication that it is about.
  package let communication: UUIDBits

  package init(kind: Kind, communication: UUIDBits) {
    self.kind = kind
    self.communication = communication
  }

  var endpoint: Endpoint {
    switch kind {
    case .presence: .presence
    case .routingStatus: .routingStatus
    case .customerEstablished, .queueEstablished, .partyEnded, .established, .answered, .held,
      .ended, .wrappedUp:
      .conversation
    }
  }

  /// The array that it stands in.
  var array: String {
    switch kind {
    case .presence: "userPresenceEvents"
    case .routingStatus: "userRoutingStatusEvents"
    case .customerEstablished: "externalEstablishedEvents"
    case .queueEstablished: "routingEstablishedEvents"
    case .established: "userEstablishedEvents"
    case .answered: "communicationAnsweredEvents"
    case .held: "holdUpdatedEvents"
    case .ended, .partyEnded: "communicationEndedEvents"
    case .wrappedUp: "communicationDispositionAppliedEvents"
    }
  }

  /// What the step is part of.
  package struct Subject {
    let agent: UUIDBits
    let interaction: UUIDBits?
    let time: Timestamp
    /// Who calls; nil if nobody asks.
    var contact: Contact?

    package init(
      agent: UUIDBits, interaction: UUIDBits?, time: Timestamp, contact: Contact? = nil
    ) {
      self.agent = agent
      self.interaction = interaction
      self.time = time
      self.contact = contact
    }
  }

  /// Who calls, and through which queue, by an event's attributes `ani`, `dnis`, `customer_name` and
  /// `queue_id`.
  package struct Contact {
    let from: String?
    let to: String?
    let name: String?
    let queue: UUIDBits?

    package init(_ attributes: JSONValue) {
      from = attributes["ani"]?.string
      to = attributes["dnis"]?.string
      name = attributes["customer_name"]?.string
      queue = attributes["queue_id"]?.string.flatMap { UUIDBits(anyCase: $0) }
    }
  }

  /// The event, as it stands in its array.
  func json(id: UUIDBits, _ subject: Subject, _ options: GenesysEventsInjector.Options) -> JSONValue
  {
    var members: [JSONValue.Member] = [
      .init("eventId", .string(id.description)),
      .init("eventDateTime", .string(subject.time.platformText)),
    ]
    func add(_ name: String, _ value: JSONValue?) {
      if let value { members.append(.init(name, value)) }
    }
    switch kind {
    case .presence(let presence):
      add("userId", .string(subject.agent.description))
      add("sourceId", options.presenceSource.map { .string($0) })
      add("presenceDefinitionId", .string(presence.idText))
    case .routingStatus(let status):
      add("agentId", .string(subject.agent.description))
      add("status", .string(status.eventName))
      add("sourceId", options.source.map { .string($0) })
    case .customerEstablished, .queueEstablished, .partyEnded, .established, .answered, .held,
      .ended, .wrappedUp:
      add("conversationId", subject.interaction.map { .string($0.description) })
      add("communicationId", .string(communication.description))
    }
    let queue = subject.contact?.queue?.description ?? options.queue
    switch kind {
    case .customerEstablished:
      add("ani", subject.contact?.from.map { .string($0) })
      add("aniName", subject.contact?.name.map { .string($0) })
      add("dnis", subject.contact?.to.map { .string($0) })
      add("initialConfiguration", ["alerting": false, "inbound": true])
      add("sourceConfiguration", options.source.map { ["sourceId": .string($0)] })
    case .queueEstablished:
      add("queueId", queue.map { .string($0) })
      add("ani", subject.contact?.from.map { .string($0) })
      add("dnis", subject.contact?.to.map { .string($0) })
      add("initialConfiguration", ["alerting": false, "inbound": true])
      add("sourceConfiguration", options.source.map { ["sourceId": .string($0)] })
    case .established(let alerting):
      add("userId", .string(subject.agent.description))
      add("queueId", queue.map { .string($0) })
      add("afterCallWorkRequired", .bool(options.afterCallWork))
      add("initialConfiguration", ["alerting": .bool(alerting), "inbound": true])
      add("sourceConfiguration", options.source.map { ["sourceId": .string($0)] })
    case .held(let isHeld): add("held", .bool(isHeld))
    case .ended(let type), .partyEnded(let type): add("disconnectType", .string(type))
    case .wrappedUp(let code): add("code", code.map { .string($0) })
    case .presence, .routingStatus, .answered: break
    }
    return .object(members)
  }
}
