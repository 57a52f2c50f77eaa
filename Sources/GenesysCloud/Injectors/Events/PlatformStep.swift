package import ContactModel
import HTTPDelivery
package import PatchbayCore
import PatchbayJSON

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
    case .established, .answered, .held, .ended, .wrappedUp: .conversation
    }
  }

  /// The array that it stands in.
  var array: String {
    switch kind {
    case .presence: "userPresenceEvents"
    case .routingStatus: "userRoutingStatusEvents"
    case .established: "userEstablishedEvents"
    case .answered: "communicationAnsweredEvents"
    case .held: "holdUpdatedEvents"
    case .ended: "communicationEndedEvents"
    case .wrappedUp: "communicationDispositionAppliedEvents"
    }
  }

  /// What the step is part of.
  package struct Subject {
    let agent: UUIDBits
    let interaction: UUIDBits?
    let time: Timestamp

    package init(agent: UUIDBits, interaction: UUIDBits?, time: Timestamp) {
      self.agent = agent
      self.interaction = interaction
      self.time = time
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
    case .established, .answered, .held, .ended, .wrappedUp:
      add("conversationId", subject.interaction.map { .string($0.description) })
      add("communicationId", .string(communication.description))
    }
    switch kind {
    case .established(let alerting):
      add("userId", .string(subject.agent.description))
      add("queueId", options.queue.map { .string($0) })
      add("afterCallWorkRequired", .bool(options.afterCallWork))
      add("initialConfiguration", ["alerting": .bool(alerting), "inbound": true])
      add("sourceConfiguration", options.source.map { ["sourceId": .string($0)] })
    case .held(let isHeld): add("held", .bool(isHeld))
    case .ended(let type): add("disconnectType", .string(type))
    case .wrappedUp(let code): add("code", code.map { .string($0) })
    case .presence, .routingStatus, .answered: break
    }
    return .object(members)
  }
}
