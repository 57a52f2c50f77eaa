import PatchbayCore

/// In whose terms services are told.
enum ServiceTerms: String, OptionChoice {
  /// The states of an agent's desktop.
  case agentDesktop = "agent-desktop"
  /// The platform's own.
  case genesysCloud = "genesys-cloud"

  var doc: String {
    switch self {
    case .agentDesktop: "Five events for each service, from busy to available."
    case .genesysCloud:
      "Agents go on queue before their first service; each service is a part in an interaction."
    }
  }
}
