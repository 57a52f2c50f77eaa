import PatchbayCore

/// Those whose state an event tells; an id that is missing or empty is nobody's.
enum StateSubject: Sendable {
  /// That of an agent, of an interaction, or of both.
  case whole(agent: EntityKey?, interaction: EntityKey?)
  /// That of one part alone.
  case part(StatePart)
  /// Nobody's that could be told from others.
  case nobody

  init(of event: Event, _ scope: StateScope, in batch: borrowing EventBatch) {
    let agent = Self.key(event.agent, in: batch)
    let interaction = Self.key(event.interaction, in: batch)
    switch scope {
    case .agentAndInteraction:
      self =
        agent == nil && interaction == nil
        ? .nobody : .whole(agent: agent, interaction: interaction)
    case .agent(let respect): self = agent.map { .part(.respect(respect, of: $0)) } ?? .nobody
    case .participant:
      guard let agent, let interaction else {
        self = .nobody
        return
      }
      self = .part(.participant(agent, in: interaction))
    }
  }

  private static func key(_ id: EntityID, in batch: borrowing EventBatch) -> EntityKey? {
    switch id {
    case .missing: nil
    case .text(let text) where text.isEmpty: nil
    case .uuid, .text: batch.key(id)
    }
  }
}

/// What has a state of its own, beside agents and interactions.
enum StatePart: Sendable, Hashable {
  /// An agent in one respect.
  case respect(String, of: EntityKey)
  /// An agent's part in an interaction.
  case participant(EntityKey, in: EntityKey)
}
