/// What the system makes of an agent's availability
/// ([glossary](https://help.mypurecloud.com/glossary/routing-status)).
package enum RoutingStatus: String, Sendable, CaseIterable {
  case offQueue = "OFF_QUEUE"
  case idle = "IDLE"
  case interacting = "INTERACTING"
  case notResponding = "NOT_RESPONDING"
  case communicating = "COMMUNICATING"

  /// The word for it in the platform's injection API, which differs from everywhere else.
  package var eventName: String {
    switch self {
    case .offQueue: "OffQueue"
    case .idle: "Idle"
    case .interacting: "Interacting"
    case .notResponding: "NotResponding"
    case .communicating: "Communicating"
    }
  }

  /// All the words for them in the injection API.
  package static let eventNames = allCases.map(\.eventName)
  private static let byEventName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.eventName, $0) })

  package init?(eventName: String) {
    guard let status = Self.byEventName[eventName] else { return nil }
    self = status
  }

  /// The state in events of a pipeline: `routing/not_responding`.
  package var state: String { "routing/\(rawValue.lowercased())" }

  /// The status that a state of an event names; nil if it names none.
  package init?(state: String) {
    guard let status = Self.byState[state] else { return nil }
    self = status
  }

  private static let byState = Dictionary(uniqueKeysWithValues: allCases.map { ($0.state, $0) })
}
