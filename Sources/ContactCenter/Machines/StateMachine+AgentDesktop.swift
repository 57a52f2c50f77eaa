import ContactModel

extension StateMachine {
  /// The built-in machine of an agent's desktop, with the tutorial's states and transitions.
  package static let agentDesktop = StateMachine(
    final: [AgentState.available],
    transitions: [
      (AgentState.available, [AgentState.busy]),
      (AgentState.busy, [AgentState.connected, AgentState.available]),
      (AgentState.connected, [AgentState.disconnected]),
      (AgentState.disconnected, [AgentState.wrapping]),
      (AgentState.wrapping, [AgentState.available]),
    ])
}
