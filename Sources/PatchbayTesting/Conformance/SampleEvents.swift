import PatchbayCore

/// The events that conformance checks feed to stages.
enum SampleEvents {
  /// Well-formed events of a few agents in turn.
  static func wellFormed(_ count: Int) -> [EventFields] {
    (0..<count).map { .sample($0, agent: $0 % 5) }
  }

  /// Events that no desktop should send, and some do.
  static let hostile: [EventFields] = [
    EventFields(sequenceID: "bare"),
    EventFields(
      sequenceID: "malformed", timestamp: "yesterday", interactionID: "no-uuid", agentID: "",
      state: "", eventType: ""),
    EventFields(
      sequenceID: "quotes\"'`;--", timestamp: "2026-01-31T09:30:00Z", interactionID: "<&>",
      agentID: "[x=\"y\"]", state: "a\\b", eventType: "%s %n {}"),
    EventFields(
      sequenceID: "control\u{0}\u{1}\r\n\t\u{7F}\u{1B}[2J", timestamp: "\n", agentID: "\r\n\r\n",
      state: "line\nbreak", eventType: "\u{2028}"),
    EventFields(
      sequenceID: "wide-\u{1F4DE}-e\u{301}", state: String(repeating: "\u{1F4DE}", count: 300),
      eventType: "\u{202E}reversed"),
    EventFields(
      sequenceID: "long", interactionID: String(repeating: "x", count: 20_000),
      attributes: #"{"note":"\#(String(repeating: "y", count: 20_000))"}"#),
    EventFields(sequenceID: "epoch", timestamp: "1970-01-01T00:00:00Z", attributes: "{}"),
    .sample(-1),
  ]

  static func batch(
    _ events: some Sequence<EventFields>, symbols: SymbolTable, at time: Timestamp
  ) -> EventBatch {
    var batch = EventBatch(symbols: symbols)
    for event in events { batch.append(event, intended: time) }
    return batch
  }
}

extension EventBatch {
  /// All events, spelt out.
  var spelledOut: [EventFields] { indices.map { fields(of: self[$0]) } }
}
