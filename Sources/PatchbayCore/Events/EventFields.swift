/// An event's members as plain text, for stages that make or show events one by one.
///
/// The fast way is `EventBatch.append(_:)` with an `Event`; this one allocates strings.
public struct EventFields: Sendable, Equatable {
  /// `sequence_id`; nil if absent.
  public var sequenceID: String?
  /// `timestamp` as RFC 3339 or whatever came in its place; nil if absent.
  public var timestamp: String?
  /// `interaction_id`; nil if absent.
  public var interactionID: String?
  /// `agent_id`; nil if absent.
  public var agentID: String?
  /// `state`; nil if absent.
  public var state: String?
  /// `event_type`; nil if absent.
  public var eventType: String?
  /// All other members as one JSON object; nil if there are none.
  ///
  /// A text that is no object of at most 32 levels becomes a member of its own, `attributes`.
  public var attributes: String?

  /// Makes fields; every one may be absent.
  public init(
    sequenceID: String? = nil, timestamp: String? = nil, interactionID: String? = nil,
    agentID: String? = nil, state: String? = nil, eventType: String? = nil,
    attributes: String? = nil
  ) {
    self.sequenceID = sequenceID
    self.timestamp = timestamp
    self.interactionID = interactionID
    self.agentID = agentID
    self.state = state
    self.eventType = eventType
    self.attributes = attributes
  }
}
