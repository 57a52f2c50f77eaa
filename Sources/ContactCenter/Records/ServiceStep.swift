import ContactModel
import PatchbayCore

/// One event of a service, ordered by time, then by its record, then by its place in the service.
struct ServiceStep: Comparable {
  let timestamp: Timestamp
  /// The place of its service among all, and where that is kept.
  let order: Int
  let slot: Int32
  let place: UInt8
  /// The state's place in `states`.
  let state: UInt8
  /// Whether no step of the service comes after it.
  let isLast: Bool

  /// The states of services, by the numbers that steps have.
  private static let ofServices = [
    AgentState.busy, AgentState.connected, AgentState.disconnected, AgentState.wrapping,
    AgentState.available, PlatformState.notResponding, PlatformState.alerting,
    PlatformState.connected, PlatformState.disconnected, PlatformState.wrappedUp,
    PlatformState.terminated,
  ]
  private static let presences = SystemPresence.allCases
  private static let firstPresence = ofServices.count

  /// All states that services and presences are told in.
  static let states = ofServices + presences.map(\.state)

  /// Whether the event is the agent's alone, and no part of the interaction.
  var isOfAgentAlone: Bool { state >= Self.firstPresence }

  private static func state(of presence: SystemPresence) -> UInt8 {
    UInt8(firstPresence + (presences.firstIndex(of: presence) ?? 0))
  }

  /// The events of a service.
  ///
  /// - Parameters:
  ///   - slot: where the service is kept.
  ///   - order: its place among all.
  ///   - isFirst: whether the agent has had none before.
  static func steps(
    of service: Service, in slot: Int32, order: Int, isFirst: Bool, _ terms: ServiceTerms
  ) -> [ServiceStep] {
    let (offered, connected, ended) = (service.offered, service.connected, service.ended)
    func step(
      _ place: UInt8, _ time: Timestamp, _ state: UInt8, isLast: Bool = false
    ) -> ServiceStep {
      ServiceStep(
        timestamp: time, order: order, slot: slot, place: place, state: state, isLast: isLast)
    }
    switch service.kind {
    case .presence(let presence):
      // Desktops have no word for it.
      return terms == .agentDesktop ? [] : [step(0, offered, state(of: presence), isLast: true)]
    case .unanswered where terms == .agentDesktop:
      return [step(0, offered, 0), step(1, ended, 4, isLast: true)]
    case .unanswered:
      let arrival = isFirst ? [step(0, offered, state(of: .onQueue))] : []
      let place = UInt8(arrival.count)
      return arrival + [step(place, offered, 6), step(place + 1, ended, 5, isLast: true)]
    case .served: break
    }
    switch terms {
    case .agentDesktop:
      return [
        step(0, offered, 0), step(1, connected, 1), step(2, ended, 2), step(3, ended, 3),
        step(4, service.wrapped ?? ended, 4, isLast: true),
      ]
    case .genesysCloud:
      let arrival = isFirst ? [step(0, offered, state(of: .onQueue))] : []
      let place = UInt8(arrival.count)
      let talk = [step(place, offered, 6), step(place + 1, connected, 7)]
      guard let wrapped = service.wrapped else {
        return arrival + talk + [step(place + 2, ended, 10, isLast: true)]
      }
      return arrival + talk + [
        step(place + 2, ended, 8), step(place + 3, wrapped, 9, isLast: true),
      ]
    }
  }

  static func < (one: ServiceStep, other: ServiceStep) -> Bool {
    (one.timestamp, one.order, one.place) < (other.timestamp, other.order, other.place)
  }

  static func == (one: ServiceStep, other: ServiceStep) -> Bool {
    one.order == other.order && one.place == other.place
  }
}
