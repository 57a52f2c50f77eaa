import ContactModel
import PatchbayCore

/// One event of a service, ordered by time, then by its record, then by its place in the service.
struct ServiceStep: Comparable {
  let timestamp: Timestamp
  let order: Int
  let place: Int
  let state: String
  let service: Service

  /// Whether the event is the agent's alone, and no part of the interaction.
  var isOfAgentAlone: Bool { SystemPresence(state: state) != nil }

  /// The events of a service.
  ///
  /// - Parameters:
  ///   - order: the place of its record among all.
  ///   - isFirst: whether the agent has had none before.
  static func steps(
    of service: Service, order: Int, isFirst: Bool, in terms: ServiceTerms
  ) -> [ServiceStep] {
    let (offered, connected, ended) = (service.offered, service.connected, service.ended)
    var states: [(time: Timestamp, state: String)] = []
    switch terms {
    case .agentDesktop:
      states = [
        (offered, AgentState.busy), (connected, AgentState.connected),
        (ended, AgentState.disconnected), (ended, AgentState.wrapping),
        (service.wrapped ?? ended, AgentState.available),
      ]
    case .genesysCloud:
      if isFirst { states.append((offered, SystemPresence.onQueue.state)) }
      states += [(offered, PlatformState.alerting), (connected, PlatformState.connected)]
      if let wrapped = service.wrapped {
        states += [(ended, PlatformState.disconnected), (wrapped, PlatformState.wrappedUp)]
      } else {
        states.append((ended, PlatformState.terminated))
      }
    }
    return states.enumerated().map { place, step in
      ServiceStep(
        timestamp: step.time, order: order, place: place, state: step.state, service: service)
    }
  }

  static func < (one: ServiceStep, other: ServiceStep) -> Bool {
    (one.timestamp, one.order, one.place) < (other.timestamp, other.order, other.place)
  }

  static func == (one: ServiceStep, other: ServiceStep) -> Bool {
    one.order == other.order && one.place == other.place
  }
}
