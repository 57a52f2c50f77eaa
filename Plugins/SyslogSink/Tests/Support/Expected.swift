import PatchbayKit

/// What a receiver should find in an event's message.
struct Expected {
  let event: EventFields

  init(_ event: EventFields) {
    self.event = event
  }

  var verdict: String {
    let state = event.state ?? ""
    if state == "rejected" { return "rejected" }
    return ["failed", "unknown"].first { state.hasPrefix($0) } ?? "accepted"
  }

  /// Facility local0 (16), and the severity by the verdict.
  var priority: String {
    switch verdict {
    case "accepted": "134"
    case "rejected": "132"
    default: "131"
    }
  }

  /// The time in microseconds; nil if there is none.
  var time: String? {
    event.timestamp == "2026-01-31T09:30:00.123456789Z" ? "2026-01-31T09:30:00.123456Z" : nil
  }

  /// At most 32 printable ASCII characters.
  var messageID: String {
    let text = (event.eventType ?? "").unicodeScalars.prefix(32)
      .map { ("!"..."~").contains($0) ? String($0) : "_" }.joined()
    return text.isEmpty ? "-" : text
  }

  /// The parameters, with pictures of control characters.
  var structuredData: [String: String] {
    let members = [
      "sequence_id": event.sequenceID, "timestamp": event.timestamp,
      "interaction_id": event.interactionID, "agent_id": event.agentID, "state": event.state,
      "event_type": event.eventType,
    ]
    return members.compactMapValues { $0.map(shown) }
  }

  private func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? scalar
          case 0x7F: "\u{2421}"
          case 0x80..<0xA0, 0x2028, 0x2029: "\u{FFFD}"
          default: scalar
          }
        }))
  }
}
