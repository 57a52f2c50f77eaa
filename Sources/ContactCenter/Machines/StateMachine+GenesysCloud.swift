import ContactModel

extension StateMachine {
  /// The built-in machine in the platform's own terms.
  ///
  /// Three machines side by side: an agent's presence and routing status, and the agent's part in
  /// an interaction, of which an agent may have several at once. An offer that nobody takes ends
  /// with `not_responding`; when the interaction is offered again, that is a new part in it. Sources:
  /// the glossary on [routing status](https://help.mypurecloud.com/glossary/routing-status) and
  /// [agent status](https://help.mypurecloud.com/glossary/agent-status), and the enumerations of
  /// the official client's models.
  package static let genesysCloud = StateMachine(
    final: [
      PlatformState.terminated, PlatformState.transferred, PlatformState.notResponding,
      PlatformState.wrappedUp, PlatformState.wrapUpSkipped,
    ],
    transitions: presences + routing + participant,
    owners: [
      "presence": .agent, "routing": .agent, "participant": .participant,
      "after_call_work": .participant,
    ])

  /// People may choose any presence at any time, also in the middle of a call.
  private static var presences: [(from: String, to: [String])] {
    let states = SystemPresence.allCases.map(\.state)
    return states.map { ($0, states) }
  }

  private static var routing: [(from: String, to: [String])] {
    let following: [(RoutingStatus, [RoutingStatus])] = [
      (.offQueue, [.idle, .interacting]),
      // What an agent's parts in interactions make of the status is nobody's event: idle is said again behind an
      // offer that wasn't taken.
      (.idle, [.idle, .interacting, .notResponding, .communicating, .offQueue]),
      (.interacting, [.idle, .notResponding, .communicating, .offQueue]),
      (.notResponding, [.idle, .interacting, .offQueue]),
      (.communicating, [.idle, .interacting, .offQueue]),
    ]
    return following.map { ($0.state, $1.map(\.state)) }
  }

  private static var participant: [(from: String, to: [String])] {
    let over = [PlatformState.disconnected, PlatformState.terminated, PlatformState.transferred]
    return [
      (
        PlatformState.alerting,
        [PlatformState.connected, PlatformState.notResponding, PlatformState.terminated]
      ),
      (PlatformState.connected, [PlatformState.held] + over),
      (PlatformState.held, [PlatformState.connected] + over),
      (PlatformState.disconnected, [PlatformState.wrappedUp, PlatformState.wrapUpSkipped]),
    ]
  }
}
