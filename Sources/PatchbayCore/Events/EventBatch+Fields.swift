extension EventBatch {
  /// `sequence_id`; empty if it is absent.
  public func sequenceID(of event: Event) -> String { text(event.sequence) }

  /// `interaction_id`; empty if it is absent.
  public func interactionID(of event: Event) -> String { text(event.interaction) }

  /// `agent_id`; empty if it is absent.
  public func agentID(of event: Event) -> String { text(event.agent) }

  /// `state`; empty if it is absent.
  public func state(of event: Event) -> String { text(event.state) }

  /// `event_type`; empty if it is absent.
  public func eventType(of event: Event) -> String { text(event.type) }

  /// `timestamp` as it is written on the wire: UTC with nine decimals, or as it came if it is
  /// malformed; empty if it is absent.
  public func timestampText(of event: Event) -> String {
    if event.flags.contains(.noTimestamp) { return "" }
    return event.flags.contains(.malformedTimestamp)
      ? text(event.malformedTimestamp) : event.timestamp.description
  }

  /// Whether `timestamp` is there and well formed.
  public func hasTimestamp(_ event: Event) -> Bool {
    event.flags.isDisjoint(with: [.malformedTimestamp, .noTimestamp])
  }

  /// The value by which events of one agent or interaction are found.
  public func key(_ id: EntityID) -> EntityKey {
    switch id {
    case .missing: .text("")
    case .uuid(let bits): .uuid(bits)
    case .text(let reference): .text(text(reference))
    }
  }

  private func text(_ id: EntityID) -> String {
    switch id {
    case .missing: ""
    case .uuid(let bits): bits.description
    case .text(let reference): text(reference)
    }
  }

  /// All members as text.
  public func fields(of event: Event) -> EventFields {
    EventFields(
      sequenceID: event.flags.contains(.noSequence) ? nil : sequenceID(of: event),
      timestamp: event.flags.contains(.noTimestamp) ? nil : timestampText(of: event),
      interactionID: event.interaction == .missing ? nil : interactionID(of: event),
      agentID: event.agent == .missing ? nil : agentID(of: event),
      state: event.flags.contains(.noState) ? nil : state(of: event),
      eventType: event.flags.contains(.noType) ? nil : eventType(of: event),
      attributes: event.attributes.isEmpty ? nil : text(event.attributes))
  }

  /// Appends an event given as text.
  ///
  /// - Parameters:
  ///   - fields: its members; any may be absent or malformed.
  ///   - intended: when it should be sent, on the run's clock.
  public mutating func append(_ fields: EventFields, intended: Timestamp) {
    append(fields, at: nil, intended: intended)
  }

  /// Appends an event given as text.
  ///
  /// - Parameter time: when it happened, if that is known otherwise than by its fields.
  package mutating func append(_ fields: EventFields, at time: Timestamp?, intended: Timestamp) {
    var flags: EventFlags = []
    if fields.timestamp == nil, time == nil { flags.insert(.noTimestamp) }
    if fields.sequenceID == nil { flags.insert(.noSequence) }
    if fields.state == nil { flags.insert(.noState) }
    if fields.eventType == nil { flags.insert(.noType) }
    let timestamp = time ?? fields.timestamp.flatMap { Timestamp($0) }
    var event = Event(
      sequence: intern((fields.sequenceID ?? "").utf8),
      timestamp: timestamp ?? Timestamp(nanoseconds: 0),
      interaction: fields.interactionID.map { entityID(Array($0.utf8)) } ?? .missing,
      agent: fields.agentID.map { entityID(Array($0.utf8)) } ?? .missing,
      state: symbol(fields.state ?? ""), type: symbol(fields.eventType ?? ""),
      attributes: intern(EventCodec.storedAttributes(fields.attributes ?? "{}")),
      intended: intended)
    if let text = fields.timestamp, timestamp == nil {
      event.malformedTimestamp = intern(text.utf8)
      flags.insert(.malformedTimestamp)
    }
    event.flags = flags
    append(event)
  }
}
