import PatchbayCore

/// Events for tests, and batches as text.
enum SampleEvents {
  static let agent = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
  static let interaction = "0197f3a1-0000-7000-8000-0123456789ab"
  static let time = Timestamp(nanoseconds: 1_769_851_800_123_456_789)

  /// A well-formed event, told from others by its number.
  static func fields(_ number: Int) -> EventFields {
    EventFields(
      sequenceID: "s-\(number)", timestamp: "2026-01-31T09:30:00.123456789Z",
      interactionID: interaction, agentID: agent, state: "talking", eventType: "call",
      attributes: #"{"n":\#(number)}"#)
  }

  static func batch(_ numbers: some Sequence<Int>, symbols: SymbolTable) -> EventBatch {
    var batch = EventBatch(symbols: symbols)
    for number in numbers { batch.append(fields(number), intended: time) }
    return batch
  }
}

extension EventBatch {
  /// The events as they are written, one a line.
  var lines: [String] {
    events.map { event in
      var bytes: [UInt8] = []
      EventCodec.write(event, of: self, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The `sequence_id`s.
  var sequences: [String] { events.map { sequenceID(of: $0) } }

  /// The `sequence_id`s by what is to become of their events.
  var marked: [Mark: [String]] { positionsByMark.mapValues { subset($0).sequences } }

  /// Appends a record given as text.
  mutating func append(record: String) throws(EventCodec.Failure) {
    let bytes = Array(record.utf8)
    try EventCodec.append(bytes, in: bytes.indices, to: &self, intended: SampleEvents.time)
  }
}
