import PatchbayCore
import PatchbayJSON
import Testing

struct EventFieldsTests {
  private let symbols = SymbolTable()

  private static let odd: [EventFields] = [
    EventFields(),
    EventFields(sequenceID: ""), EventFields(interactionID: ""), EventFields(agentID: ""),
    EventFields(state: ""), EventFields(eventType: ""),
    EventFields(sequenceID: "", interactionID: "", agentID: "", state: "", eventType: ""),
    EventFields(timestamp: "yesterday"), EventFields(timestamp: "2026-02-30T00:00:00Z"),
    EventFields(timestamp: " "), EventFields(timestamp: "2026-01-31T09:30:00"),
    EventFields(interactionID: "7C9E6679-7425-40DE-944B-E07FC1F90AE7", agentID: "agent 7"),
    EventFields(sequenceID: "\u{0}\"\\\n", state: "\u{0}", eventType: "é😀"),
    EventFields(state: String(repeating: "s", count: 1_000)),
    EventFields(timestamp: "1970-01-01T00:00:00.000000000Z"),
    EventFields(attributes: #"{"x":{ "y" : [1 , 2] },"z":1.0e1}"#),
  ]

  @Test(arguments: odd)
  func `missing and malformed members are kept as they came`(fields: EventFields) {
    var batch = EventBatch(symbols: symbols)
    batch.append(SampleEvents.fields(1), intended: SampleEvents.time)
    batch.append(fields, intended: SampleEvents.time)
    #expect(batch.fields(of: batch[1]) == fields)
    #expect(batch.fields(of: batch[0]) == SampleEvents.fields(1))
  }

  @Test func `an empty timestamp is kept apart from an absent one`() {
    var batch = EventBatch(symbols: symbols)
    batch.append(EventFields(timestamp: ""), intended: SampleEvents.time)
    #expect(!batch.hasTimestamp(batch[0]))
    #expect(batch.fields(of: batch[0]) == EventFields(timestamp: ""))
  }

  @Test func `a timestamp is written in UTC with nine decimals`() {
    var batch = EventBatch(symbols: symbols)
    batch.append(
      EventFields(timestamp: "2026-01-31t10:30:00.5+01:00"), intended: SampleEvents.time)
    #expect(batch.timestampText(of: batch[0]) == "2026-01-31T09:30:00.500000000Z")
    #expect(batch.hasTimestamp(batch[0]))
  }

  @Test func `a malformed timestamp counts as 1970`() {
    var batch = EventBatch(symbols: symbols)
    batch.append(EventFields(timestamp: "yesterday"), intended: SampleEvents.time)
    batch.append(EventFields(), intended: SampleEvents.time)
    for event in batch.events {
      #expect(event.timestamp == Timestamp(nanoseconds: 0))
      #expect(event.intended == SampleEvents.time)
      #expect(!batch.hasTimestamp(event))
    }
    #expect(batch.timestampText(of: batch[0]) == "yesterday")
    #expect(batch.timestampText(of: batch[1]) == "")
  }

  @Test func `an absent member reads as empty`() {
    var batch = EventBatch(symbols: symbols)
    batch.append(EventFields(), intended: SampleEvents.time)
    let event = batch[0]
    #expect(batch.sequenceID(of: event) == "")
    #expect(batch.interactionID(of: event) == "")
    #expect(batch.agentID(of: event) == "")
    #expect(batch.state(of: event) == "")
    #expect(batch.eventType(of: event) == "")
    #expect(event.interaction == .missing)
    #expect(event.state == .missing)
    #expect(batch.key(event.agent) == .text(""))
  }

  @Test(arguments: [
    ("{}", "{}"), (" { } ", "{}"), (#" {"a": 1}"#, #"{"a": 1}"#), ("", #"{"attributes":""}"#),
    ("[1]", #"{"attributes":"[1]"}"#), (#"{"a":1"#, #"{"attributes":"{\"a\":1"}"#),
    (#"{"a":1}{"#, #"{"attributes":"{\"a\":1}{"}"#),
  ])
  func `attributes that are no object, or an empty one, leave the event's line sound`(
    attributes: String, line: String
  ) throws {
    var batch = EventBatch(symbols: SymbolTable())
    batch.append(EventFields(attributes: attributes), intended: Timestamp(nanoseconds: 0))
    var bytes: [UInt8] = []
    EventCodec.write(batch[0], of: batch, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == line)
    _ = try JSONValue(parsing: bytes)
  }
}
