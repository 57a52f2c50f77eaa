import PatchbayCore

/// The last event of an interaction that may end unfinished: by it the interaction is named then.
struct LastEvent: Sendable {
  private let sequenceID: String
  private let agent: EntityKey
  private let timestamp: Timestamp?
  private let place: PlaceMark

  init(_ event: Event, of batch: EventBatch) {
    sequenceID = batch.sequenceID(of: event)
    agent = batch.key(event.agent)
    timestamp = batch.hasTimestamp(event) ? event.timestamp : nil
    place = event.placeMark
  }

  /// The interaction as a finding.
  func unfinished(
    _ interaction: EntityKey, in state: String, _ symbols: SymbolTable
  ) -> FoundEvent {
    FoundEvent(
      "unfinished", sequenceID: sequenceID, agentID: agent.text, interactionID: interaction.text,
      to: state, timestamp: timestamp?.description ?? "", place: symbols.place(place))
  }
}

/// An interaction, or an agent's part in one, that is under way.
struct OpenTrack: Sendable {
  var track: StateTrack
  var last: LastEvent
}
