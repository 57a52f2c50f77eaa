import PatchbayCore
import Testing

struct EventCodecTests {
  private static let complete =
    #"{"sequence_id":"s-1","timestamp":"2026-01-31T09:30:00.123456789Z","#
    + #""interaction_id":"0197f3a1-0000-7000-8000-0123456789ab","#
    + #""agent_id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","state":"talking","event_type":"call","#
    + #""n":1}"#

  private let symbols = SymbolTable()

  @Test func `a complete event is written as it was read`() throws {
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: Self.complete)
    #expect(batch.lines == [Self.complete])
    #expect(batch.fields(of: batch[0]) == SampleEvents.fields(1))
    #expect(batch[0].intended == SampleEvents.time)
  }

  @Test(arguments: [
    "{}", #"{"x":1}"#, #"{"sequence_id":""}"#, #"{"state":"","event_type":""}"#,
    #"{"agent_id":"7C9E6679-7425-40DE-944B-E07FC1F90AE7"}"#, #"{"timestamp":"soon"}"#,
    #"{"interaction_id":"\u0000\"\\","state":"é😀"}"#,
    #"{"sequence_id":"a","x":{"b": [1.0e5 , true,null, {}] },"y":"\u00e9\/"}"#,
    #"{"x":-0,"y":123456789012345678901234567890,"":"","é\n":[[]]}"#,
    #"{"State":"a","attributes":{"state":"b"}}"#,
  ])
  func `what is absent, malformed or unknown is written as it came`(record: String) throws {
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: record)
    #expect(batch.lines == [record])
  }

  @Test(arguments: [
    (" { \"state\" : \"a\" ,\t\"x\" : [ 1 ] , \"y\":2 } \r", #"{"state":"a","x":[ 1 ],"y":2}"#),
    (
      #"{"x":1,"state":"a","y":2,"sequence_id":"s"}"#,
      #"{"sequence_id":"s","state":"a","x":1,"y":2}"#
    ),
    (#"{"st\u0061te":"\u0061\/","\u0078":"\u0061\/"}"#, #"{"state":"a/","x":"\u0061\/"}"#),
    (
      #"{"timestamp":"2026-01-31T10:30:00+01:00"}"#,
      #"{"timestamp":"2026-01-31T09:30:00.000000000Z"}"#
    ),
  ])
  func `members are put in order, attributes stay raw`(record: String, line: String) throws {
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: record)
    #expect(batch.lines == [line])
  }

  @Test func `an empty timestamp is written as it came`() throws {
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: #"{"timestamp":""}"#)
    #expect(batch.lines == [#"{"timestamp":""}"#])
  }

  @Test func `an attribute over several lines is written on one`() throws {
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: "{\n  \"x\": [1,\r\n    2\n  ]\n}")
    #expect(batch.lines == [#"{"x":[1,    2  ]}"#])
  }

  @Test func `names that only look alike are different members`() throws {
    // Composed and decomposed, which String takes for equal.
    let record = "{\"\u{E9}\":1,\"e\u{301}\":2}"
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: record)
    #expect(batch.lines.map { Array($0.utf8) } == [Array(record.utf8)])
  }

  @Test func `states that only look alike are different states`() throws {
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: "{\"state\":\"\u{E9}\"}")
    try batch.append(record: "{\"state\":\"e\u{301}\"}")
    #expect(Array(batch.state(of: batch[1]).utf8) == Array("e\u{301}".utf8))
  }

  @Test(arguments: [
    (#"{"state":"a","x":1,"outcome":{"a":[1]},"y":2}"#, #"{"state":"a","x":1,"y":2}"#),
    (#"{"outcome":1,"x":"outcome"}"#, #"{"x":"outcome"}"#),
    (#"{"state":"a","outcome":"x"}"#, #"{"state":"a"}"#), (#"{"outcome":null}"#, "{}"),
    (#"{"x":{"outcome":1},"outcomes":2}"#, #"{"x":{"outcome":1},"outcomes":2}"#),
    (#"{"\u006futcome":1,"x" : [1 , 2]}"#, #"{"x":[1 , 2]}"#), ("{}", "{}"),
    (#"{"state":"outcome"}"#, #"{"state":"outcome"}"#),
  ])
  func `an attribute can be left out`(record: String, line: String) throws {
    var batch = EventBatch(symbols: symbols)
    try batch.append(record: record)
    var bytes: [UInt8] = []
    EventCodec.write(batch[0], of: batch, leavingOut: "outcome", to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == line)
  }

  @Test(arguments: [#"{ "outcome" : 1 , "x":2 }"#, #"{"\u006futcome":1,"x":2}"#])
  func `an attribute is left out however a stage has laid it out`(attributes: String) {
    var batch = EventBatch(symbols: symbols)
    batch.append(EventFields(attributes: attributes), intended: SampleEvents.time)
    var bytes: [UInt8] = []
    EventCodec.write(batch[0], of: batch, leavingOut: "outcome", to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"x":2}"#)
  }

  @Test func `a record is read from its range alone`() throws {
    let bytes = Array(#"junk{"state":"a"}{"state":"b"}junk"#.utf8)
    var batch = EventBatch(symbols: symbols)
    try EventCodec.append(bytes, in: 4..<17, to: &batch, intended: SampleEvents.time)
    try EventCodec.append(bytes, in: 17..<30, to: &batch, intended: SampleEvents.time)
    #expect(batch.lines == [#"{"state":"a"}"#, #"{"state":"b"}"#])
    #expect(
      throws: EventCodec.Failure(
        column: 14, message: "expected the end of the record, found \"{\"")
    ) {
      try EventCodec.append(bytes, in: 4..<30, to: &batch, intended: SampleEvents.time)
    }
  }

  @Test func `any fields are read as they were written`() throws {
    var random = KeyedRandom(seed: 1, purpose: "fields")
    let texts = ["", "a", "\"\\\u{0}\n", "é😀", "7c9e6679-7425-40de-944b-e07fc1f90ae7", "x\u{7F}"]
    func text() -> String? {
      let place = Int(random.next() % 8)
      return place < texts.count ? texts[place] : nil
    }
    var failures: [String] = []
    for _ in 0..<5_000 {
      let fields = EventFields(
        sequenceID: text(), timestamp: text().flatMap { $0.isEmpty ? nil : $0 },
        interactionID: text(), agentID: text(), state: text(), eventType: text(),
        attributes: text().map { _ in #"{"x":1}"# })
      var batch = EventBatch(symbols: symbols)
      batch.append(fields, intended: SampleEvents.time)
      let line = batch.lines[0]
      try batch.append(record: line)
      if batch.fields(of: batch[1]) != fields || batch.lines != [line, line] {
        failures.append(line)
      }
    }
    #expect(failures.prefix(5) == [])
  }

  @Test func `the members have their wire names`() {
    #expect(
      EventMember.allCases.map(\.rawValue) == [
        "sequence_id", "timestamp", "interaction_id", "agent_id", "state", "event_type",
      ])
  }
}
