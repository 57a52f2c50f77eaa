import PatchbayKit

extension EventFields {
  /// A well-formed event.
  static func numbered(_ number: Int, state: String = "routing/agent/available") -> EventFields {
    EventFields(
      sequenceID: "event-\(number)", timestamp: "2026-01-31T09:30:00.123456789Z",
      interactionID: "01890000-0000-7000-8000-000000000001",
      agentID: "01890000-0000-7000-8000-000000000002", state: state,
      eventType: "routing/agent/state", attributes: #"{"queue":"billing"}"#)
  }

  /// Events that would break messages off, or pass for messages of their own, if they could.
  static let hostile: [EventFields] = [
    EventFields(),
    EventFields(
      sequenceID: "", timestamp: "", interactionID: "", agentID: "", state: "", eventType: ""),
    EventFields(
      sequenceID: "quotes \" and \\ and ] and \\\" and \\\\]", timestamp: "yesterday",
      state: "\"]", eventType: "a type \u{0} with \u{7F} blanks that is longer than it may be"),
    EventFields(
      sequenceID: "x\"] \u{FEFF}\n<8>1 - - - - - - injected",
      state: "failed\r\n70 <8>1 2026-01-31T09:30:00Z evil evil - - - injected",
      eventType: "\n<8>1 - - - - - - injected"),
    EventFields(
      sequenceID: "\u{0}\u{1}\t\u{1B}[31m\u{7F}\u{85}\u{2028}\u{2029}", agentID: "ü 日本 👩‍👩‍👧 e\u{301}",
      state: "unknown \u{202E}", eventType: "日本"),
    EventFields(
      sequenceID: String(repeating: "]\"\\", count: 300), state: "rejected",
      eventType: String(repeating: "long", count: 100),
      attributes: "{\"note\":\t\"a\\u0000b \u{7F}\u{85}\\n\",\"list\":[1,{\"x\":null}]}"),
  ]
}
