import PatchbayCore

/// Whose the states with a common beginning are, where they aren't of agent and interaction both.
package enum StateOwner: String, OptionChoice {
  /// The agent's; the beginning names the respect.
  case agent
  /// The agent's part in an interaction.
  case participant

  package var doc: String {
    switch self {
    case .agent: "They are the agent's alone, and don't depend on states with another beginning."
    case .participant: "They are those of the agent's part in the interaction."
    }
  }
}
