import PatchbayCore

/// The last event of an interaction that may end unfinished: by it the interaction is named then.
struct LastEvent: Sendable {
  private let sequenceID: ShortText
  private let agent: EntityKey
  private let timestamp: Timestamp
  private let hasTimestamp: Bool
  private let place: PlaceMark

  init(_ event: Event, of batch: borrowing EventBatch) {
    sequenceID = ShortText(batch.bytes(event.sequence))
    agent = batch.key(event.agent)
    timestamp = event.timestamp
    hasTimestamp = batch.hasTimestamp(event)
    place = event.placeMark
  }

  /// The interaction as a finding.
  func unfinished(
    _ interaction: EntityKey, in state: String, _ symbols: SymbolTable
  ) -> FoundEvent {
    FoundEvent(
      "unfinished", sequenceID: sequenceID.text, agentID: agent.text,
      interactionID: interaction.text,
      to: state, timestamp: hasTimestamp ? timestamp.description : "", place: symbols.place(place))
  }
}

/// An interaction, or an agent's part in one, that is under way.
struct OpenTrack: Sendable {
  var track: StateTrack
  var last: LastEvent
}
