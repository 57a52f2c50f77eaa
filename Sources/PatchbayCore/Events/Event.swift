/// One thing that happened at an agent's desktop: 96 bytes, no references.
///
/// Texts are resolved by the batch that holds the event (`EventBatch.sequenceID(of:)` and so on).
/// Every field can be absent or malformed and is kept as it came; validators judge it.
public struct Event: Sendable, BitwiseCopyable {
  // The order of the fields is the layout: small ones fill the gaps after 17-byte ids.

  /// The interaction (wire name `interaction_id`).
  public var interaction: EntityID
  /// What can't be told from the values.
  package var flags: EventFlags = []
  /// What it stood in, by its `InputNumber`; 0 for nothing.
  var input: UInt16 = 0
  /// The line that it stood in; 0 for none.
  var line: UInt32 = 0
  /// The agent (wire name `agent_id`).
  public var agent: EntityID
  /// What correlators in front have found about it.
  public package(set) var findings: EventFindings = []
  /// The state (wire name `state`).
  public var state: Symbol
  /// The type (wire name `event_type`).
  public var type: Symbol
  /// The id that tells this event from all others (wire name `sequence_id`).
  public var sequence: TextReference
  /// All other members as raw JSON, `{...}`; empty if there are none.
  public var attributes: TextReference
  /// The timestamp as it came, if it couldn't be read; else empty.
  public var malformedTimestamp: TextReference
  /// The state from which a state machine forbids to come to `state`; only with a mismatch.
  package var forbiddenOrigin = Symbol.missing
  /// When it happened (wire name `timestamp`); 1970 if that is missing or malformed.
  public var timestamp: Timestamp
  /// When it should be sent, on the run's clock; latency counts from here.
  public var intended: Timestamp

  /// Whether it has a member, well formed or not; one that is there may still be empty.
  public func has(_ member: EventMember) -> Bool {
    switch member {
    case .sequenceID: !flags.contains(.noSequence)
    case .timestamp: !flags.contains(.noTimestamp)
    case .interactionID: interaction != .missing
    case .agentID: agent != .missing
    case .state: !flags.contains(.noState)
    case .eventType: !flags.contains(.noType)
    }
  }

  /// Whether its timestamp couldn't be read; `malformedTimestamp` has it as it came, perhaps empty.
  public var hasMalformedTimestamp: Bool { flags.contains(.malformedTimestamp) }

  /// Whether a validator has accepted it.
  public var isValidated: Bool { flags.contains(.validated) }

  /// Makes an event; texts and symbols must come from the batch it is appended to.
  public init(
    sequence: TextReference, timestamp: Timestamp, interaction: EntityID, agent: EntityID,
    state: Symbol, type: Symbol, attributes: TextReference = .empty, intended: Timestamp
  ) {
    self.sequence = sequence
    self.timestamp = timestamp
    self.interaction = interaction
    self.agent = agent
    self.state = state
    self.type = type
    self.attributes = attributes
    self.intended = intended
    malformedTimestamp = .empty
  }
}

/// What can't be told from an event's values.
package struct EventFlags: OptionSet, Sendable, BitwiseCopyable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let noTimestamp = EventFlags(rawValue: 1)
  package static let noSequence = EventFlags(rawValue: 2)
  package static let noState = EventFlags(rawValue: 4)
  package static let noType = EventFlags(rawValue: 8)
  package static let validated = EventFlags(rawValue: 16)
  package static let malformedTimestamp = EventFlags(rawValue: 32)
  /// No blanks stand between the members of the attributes, and their names have no needless escapes.
  package static let tightAttributes = EventFlags(rawValue: 64)
}
