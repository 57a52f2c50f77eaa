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

  /// All the words for them in events.
  static let eventNames = allCases.map(\.eventName)
  private static let byEventName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.eventName, $0) })

  init?(eventName: String) {
    guard let status = Self.byEventName[eventName] else { return nil }
    self = status
  }
}
