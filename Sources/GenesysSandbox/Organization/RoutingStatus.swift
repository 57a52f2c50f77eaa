/// What the system makes of an agent's availability
/// ([glossary](https://help.mypurecloud.com/glossary/routing-status)).
enum RoutingStatus: String, Sendable, CaseIterable {
  case offQueue = "OFF_QUEUE"
  case idle = "IDLE"
  case interacting = "INTERACTING"
  case notResponding = "NOT_RESPONDING"
  case communicating = "COMMUNICATING"

  /// The word for it in events, which differs from everywhere else.
  var eventName: String {
    switch self {
    case .offQueue: "OffQueue"
    case .idle: "Idle"
    case .interacting: "Interacting"
    case .notResponding: "NotResponding"
    case .communicating: "Communicating"
    }
  }

  init?(eventName: String) {
    guard let status = Self.allCases.first(where: { $0.eventName == eventName }) else { return nil }
    self = status
  }
}
