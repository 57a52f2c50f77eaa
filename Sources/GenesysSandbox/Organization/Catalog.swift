import ContactModel
import PatchbayCore

/// What an organisation has set up: queues, wrap-up codes, skills and presences.
struct Catalog: Sendable {
  /// Something that has an id and a name.
  struct Named: Sendable, Equatable {
    let id: UUIDBits
    var name: String
  }

  /// A presence that users can be in.
  struct Presence: Sendable, Equatable {
    let id: UUIDBits
    var name: String
    /// What it counts as.
    let system: SystemPresence
    /// Whether every organisation has it.
    let isSystem: Bool
  }

  var queues: [UUIDBits: Queue] = [:]
  var wrapUpCodes: [UUIDBits: Named] = [:]
  var skills: [UUIDBits: Named] = [:]
  /// The system's, then the organisation's own.
  var presences = SystemPresence.allCases.map {
    Presence(id: $0.id, name: $0.rawValue, system: $0, isSystem: true)
  }

  func presence(_ id: UUIDBits) -> Presence? { presences.first { $0.id == id } }

  /// The presence of a name, in any case.
  func presence(named name: String) -> Presence? {
    presences.first { $0.name.lowercased() == name.lowercased() }
  }

  /// A queue's id, by its id or its name.
  func queue(_ text: String) -> Queue? {
    UUIDBits(anyCase: text).flatMap { queues[$0] } ?? queues.values.first { $0.name == text }
  }

  /// A skill's id, by its id or its name.
  func skill(_ text: String) -> Named? {
    UUIDBits(anyCase: text).flatMap { skills[$0] } ?? skills.values.first { $0.name == text }
  }
}

extension SystemPresence {
  /// The id of the definition.
  var id: UUIDBits { UUIDBits(anyCase: idText) ?? UUIDBits(high: 0, low: 0) }
}
