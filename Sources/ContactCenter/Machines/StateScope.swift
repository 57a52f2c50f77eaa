/// Whose state a state is: what a state machine compares it with.
package enum StateScope: Sendable, Hashable {
  /// Of the agent and of the interaction, both at once.
  case agentAndInteraction
  /// Of the agent alone, in one of several respects that don't depend on each other.
  case agent(String)
  /// Of the agent's part in the interaction, so that an agent may have several at a time, and an
  /// interaction several agents.
  case participant
}
