/// The presences that every organisation has.
///
/// Ids as seen in more than one real organisation: the unit test of the official Terraform
/// provider's `organization_presence_definition`, and `test/user-events.js` of the official
/// streaming client for two of them.
package enum SystemPresence: String, Sendable, CaseIterable {
  case available = "Available"
  case away = "Away"
  case busy = "Busy"
  case onBreak = "Break"
  case idle = "Idle"
  case meal = "Meal"
  case meeting = "Meeting"
  case training = "Training"
  case onQueue = "On Queue"
  case offline = "Offline"

  /// The id of the definition.
  package var idText: String {
    switch self {
    case .available: "6a3af858-942f-489d-9700-5f9bcdcdae9b"
    case .away: "5e5c5c66-ea97-4e7f-ac41-6424784829f2"
    case .busy: "31fe3bac-dea6-44b7-bed7-47f91660a1a0"
    case .onBreak: "227b37e2-f1d0-4dd0-8f50-badd7cf6d158"
    case .idle: "7ffa01cd-7866-4ad7-8faa-31e11b42f51f"
    case .meal: "3fd96123-badb-4f69-bc03-1b1ccc6d8014"
    case .meeting: "bbdff279-7ae1-48ea-bade-7831d7234c64"
    case .training: "d2390a99-8546-bad9-8f0a-219548e8aeb0"
    case .onQueue: "e08eaf1b-ee47-4fa9-a231-1200e284798f"
    case .offline: "ccf3c10a-aa2c-4845-8e8d-f59fa48c58e5"
    }
  }

  /// The name in analytics and notifications, such as `ON_QUEUE`.
  package var analyticsName: String {
    String(rawValue.uppercased().map { $0 == " " ? "_" : $0 })
  }

  /// The name in events of a pipeline, behind the slash: `on_queue`.
  package var stateName: String { analyticsName.lowercased() }

  /// The state in events of a pipeline: `presence/on_queue`.
  package var state: String { "presence/\(stateName)" }

  /// The presence that a state of an event names; nil if it names none.
  package init?(state: String) {
    guard let presence = Self.byState[state] else { return nil }
    self = presence
  }

  private static let byState = Dictionary(uniqueKeysWithValues: allCases.map { ($0.state, $0) })
}
