import ContactModel
import PatchbayCore

/// In which terms states are told.
enum ObservationTerms: String, OptionChoice {
  case platform
  case desktop

  var doc: String {
    switch self {
    case .platform: "The platform's, as of the machine `genesys-cloud`."
    case .desktop: "An agent's desktop's, as of the machine `agent-desktop`; only of conversations."
    }
  }

  /// The word for a state of the platform's; nil if there is none.
  func word(for state: String) -> String? {
    switch self {
    case .platform: state
    case .desktop: Self.desktopStates[state]
    }
  }

  /// There is no word for holds, and none that tells how a conversation ended.
  private static let desktopStates = [
    PlatformState.alerting: AgentState.busy,
    PlatformState.connected: AgentState.connected,
    PlatformState.disconnected: AgentState.disconnected,
    PlatformState.terminated: AgentState.disconnected,
    PlatformState.transferred: AgentState.disconnected,
    PlatformState.notResponding: AgentState.available,
    PlatformState.wrappedUp: AgentState.available,
    PlatformState.wrapUpSkipped: AgentState.available,
  ]
}
