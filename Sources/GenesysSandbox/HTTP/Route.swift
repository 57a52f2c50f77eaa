import GenesysCloud
import HTTPTypes

/// The paths that there are.
enum Route: CaseIterable {
  case token
  case events
  case qaMetrics
  case state

  /// The route of a path, compared byte for byte.
  init?(path: String) {
    guard let route = Self.allCases.first(where: { $0.path == path }) else { return nil }
    self = route
  }

  var path: String {
    switch self {
    case .token: LoginAPI.tokenPath
    case .events: WorkspaceAPI.eventsPath
    case .qaMetrics: GenesysSandbox.qaMetricsPath
    case .state: GenesysSandbox.statePath
    }
  }

  var methods: [HTTPRequest.Method] {
    switch self {
    case .token, .events, .qaMetrics: [.post]
    case .state: [.get, .head, .delete]
    }
  }

  /// Whether it belongs to what the sandbox stands in for.
  ///
  /// Looking at the sandbox itself is neither counted nor delayed.
  var isSimulated: Bool { self != .state }
}
