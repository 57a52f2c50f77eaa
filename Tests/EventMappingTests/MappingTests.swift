import EventMapping
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Somebody else's objects as events, and events as their objects.
struct MappingTests {
  private func mapping(_ options: JSONValue) throws -> MappingConnection {
    MappingConnection(try MappingOptions(options))
  }

  private func read(
    _ texts: [String], by mapping: MappingConnection
  ) throws(EventCodec.Failure) -> EventBatch {
    var reader = mapping.makeReader(ids: "log")
    var batch = EventBatch(symbols: SymbolTable())
    for (number, text) in texts.enumerated() {
      try reader.append(
        Array(text.utf8)[...], number: number + 1, to: &batch, intended: Timestamp(nanoseconds: 0))
    }
    return batch
  }

  private func written(_ batch: EventBatch, by mapping: MappingConnection) throws -> [String] {
    var writer = mapping.makeWriter()
    return try batch.indices.map { index in
      var bytes: [UInt8] = []
      try writer.write(index, of: batch, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test func `an object becomes an event and that object again`() throws {
    let mapping = try mapping([
      "members": [
        "sequence_id": "no", "timestamp": "meta.at", "agent_id": "agent.number",
        "state": "what", "queue": "meta.queue",
      ],
      "numbers": ["agent_id", "sequence_id"], "time_format": "epoch-ms",
      "states": ["routing/agent/busy": "RING"], "constants": ["meta.kind": "desk", "v": [1, 2]],
    ])
    let text =
      #"{"no":17,"meta":{"at":1770000000123,"queue":["a",{"b":null}],"kind":"desk","host":"h\"1"},"#
      + #""agent":{"number":1042,"name":"Ann"},"what":"RING","v":[1,2],"note":"ünïcode","extra":{}}"#
    let batch = try read([text], by: mapping)
    #expect(batch.sequenceID(of: batch[0]) == "17")
    #expect(batch.agentID(of: batch[0]) == "1042")
    #expect(batch.state(of: batch[0]) == "routing/agent/busy")
    #expect(batch[0].timestamp.description == "2026-02-02T02:40:00.123000000Z")
    let attributes = try #require(batch.fields(of: batch[0]).attributes)
    #expect(
      attributes
        == #"{"queue":["a",{"b":null}],"meta":{"host":"h\"1"},"agent":{"name":"Ann"},"note":"ünïcode","extra":{}}"#
    )
    #expect(try written(batch, by: mapping) == [text])
  }

  @Test func `what is called like a member of ours and is another stands apart`() throws {
    let mapping = try mapping(["members": ["state": "what", "queue": "q"]])
    let text = #"{"what":"a","q":1,"state":"CA","queue":[2],"theirs":3,"sequence_id":"x"}"#
    let batch = try read([text], by: mapping)
    #expect(batch.sequenceID(of: batch[0]) == "log-1")
    #expect(
      batch.fields(of: batch[0]).attributes
        == #"{"queue":1,"theirs":{"state":"CA","queue":[2],"theirs":3,"sequence_id":"x"}}"#)
    #expect(try written(batch, by: mapping) == [text])
  }

  @Test func `what they don't say is as the defaults have it, and ids are made`() throws {
    let mapping = try mapping([
      "members": ["state": "s"], "defaults": ["event_type": "t", "agent_id": "a"],
      "others": "drop",
    ])
    let batch = try read([#"{"s":"x","more":1}"#, #"{"s":"y"}"#], by: mapping)
    #expect(
      batch.indices.map { batch.fields(of: batch[$0]) } == [
        EventFields(sequenceID: "log-1", agentID: "a", state: "x", eventType: "t"),
        EventFields(sequenceID: "log-2", agentID: "a", state: "y", eventType: "t"),
      ])
    #expect(try written(batch, by: mapping) == [#"{"s":"x"}"#, #"{"s":"y"}"#])
  }

  @Test(arguments: [
    (#"{"s":{"x":1}}"#, "s: expected a text or a number, found an object"),
    (#"{"v":1}"#, "v: expected 2, found 1"), (#"{"v":"2","s":"x"}"#, ""),
    (#"{"v":2,"foo":1}"#, #"has none of the mapping's members ("s"); it has "foo""#),
    (#"{"s":"x","meta":5}"#, "meta: expected an object, found a number"),
    (#"{"s":null}"#, "has none of the mapping's members"),
    (#"{"s":18446744073709551615}"#, "s: the number is too great"),
    (#"{"s":"x","o":[{"n":1e30}]}"#, "o.n: the number is too great"),
    ("17", "expected an object, found a number"),
    (#"{"s":"a","s":"b"}"#, #""s" is set twice"#), ("{", "expected"), ("", "expected a value"),
  ])
  func `what is no such object is refused with the reason`(text: String, reason: String) throws {
    let mapping = try mapping(["members": ["state": "s"], "constants": ["v": 2, "meta.k": 1]])
    do throws(EventCodec.Failure) {
      _ = try read([text], by: mapping)
      #expect(reason.isEmpty)
    } catch {
      #expect(!reason.isEmpty && error.message.hasPrefix(reason), "\(error.message)")
    }
  }

  @Test func `a state without a word can't be written`() throws {
    let mapping = try mapping(["members": ["state": "s"], "states": ["a": "A"]])
    let batch = try read([#"{"s":"A"}"#, #"{"s":"LUNCH"}"#], by: mapping)
    #expect(batch.state(of: batch[1]) == "LUNCH")
    var writer = mapping.makeWriter()
    var bytes: [UInt8] = []
    try writer.write(0, of: batch, to: &bytes)
    #expect(throws: UnwritableEvent.self) { try writer.write(1, of: batch, to: &bytes) }
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"s":"A"}"#)
  }

  @Test func `what is no number can't be written as one, and attributes and times can be`() throws {
    let mapping = try mapping([
      "members": ["agent_id": "a", "queue": "q", "timestamp": "t"],
      "numbers": ["agent_id", "queue", "timestamp"], "time_format": "yyyyMMddHHmmss",
    ])
    let batch = try read(
      [#"{"a":"17","q":"5","t":"20260105090000"}"#, #"{"a":"A-17"}"#, #"{"a":"007"}"#], by: mapping)
    var writer = mapping.makeWriter()
    var bytes: [UInt8] = []
    try writer.write(0, of: batch, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"a":17,"q":5,"t":20260105090000}"#)
    for index in 1...2 {
      #expect(throws: UnwritableEvent.self) { try writer.write(index, of: batch, to: &bytes) }
    }
  }

  @Test func `something else where an object is expected isn't lost`() throws {
    let mapping = try mapping(["members": ["agent_id": "agent.id", "state": "s"]])
    let texts = [#"{"s":"x","agent":"A-1"}"#, #"{"s":"x","agent":[1]}"#]
    let batch = try read(texts, by: mapping)
    #expect(batch.fields(of: batch[0]).attributes == #"{"agent":"A-1"}"#)
    #expect(try written(batch, by: mapping) == texts)
  }

  @Test func `members that no record had are known`() throws {
    let mapping = try mapping(["members": ["agent_id": "agnet.id", "state": "s"]])
    var reader = mapping.makeReader(ids: "log")
    var batch = EventBatch(symbols: SymbolTable())
    try reader.append(
      Array(#"{"s":"x"}"#.utf8)[...], number: 1, to: &batch, intended: Timestamp(nanoseconds: 0))
    #expect(reader.unseen == [#""agnet.id" (agent_id)"#])
  }

  @Test func `a document has its members where the mapping says`() throws {
    let mapping = try mapping([
      "members": ["total_events": "counts.all", "timestamp": "at"], "time_format": "epoch-s",
      "constants": ["source": "patchbay"],
    ])
    #expect(mapping.objection(toDocumentOf: ["total_events", "timestamp"]) == nil)
    #expect(mapping.objection(toDocumentOf: ["timestamp"]) != nil)
    let document = mapping.document([
      .init("total_events", 3), .init("timestamp", "2026-02-02T02:40:00Z"), .init("more", .null),
    ])
    #expect(
      document.text() == #"{"counts":{"all":3},"at":1770000000,"source":"patchbay","more":null}"#)
  }

  @Test(
    arguments: [
      ["members": [:]], ["members": ["state": ""]], ["members": ["state": 1]],
      ["members": ["state": "s"], "numbers": ["agent_id"]],
      ["members": ["state": "s"], "defaults": ["queue": "x"]],
      ["members": ["state": "s"], "constants": ["a[first]": 1]],
      ["members": ["state": "s"], "states": ["a": []]],
      ["members": ["state": "s"], "states": ["a": "x", "b": ["y", "x"]]],
      ["members": ["state": "s"], "time_format": "Q"],
      ["members": ["state": "s"], "time_zone": "x/y"],
    ] as [JSONValue])
  func `options that make no sense are refused`(options: JSONValue) {
    #expect(throws: InvalidOptions.self) { try MappingOptions(options) }
  }
}
