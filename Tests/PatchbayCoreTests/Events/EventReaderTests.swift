import Foundation
import PatchbayCore
import PatchbayJSON
import Testing

/// The reader of the usual shape does what the one of all shapes does, and the writer what a plain one
/// does, whatever a record looks like.
struct EventReaderTests {
  /// How many damaged records are tried; `make fuzz` sets more.
  private static let cases =
    ProcessInfo.processInfo.environment["PATCHBAY_FUZZ_CASES"].flatMap { Int($0) } ?? 100_000

  private static let samples = [
    #"{"sequence_id":"seq-000000000001","timestamp":"2026-01-01T00:00:00.001Z","interaction_id":"419def82-2154-4354-a5f9-672969617062","agent_id":"cd613e30-d8f1-4adf-a1b7-584a2265b1f5","state":"routing/agent/available","event_type":"routing/agent/state","note":"xxxxxxxx"}"#,
    #"{"sequence_id":"s-1","timestamp":"2026-01-31T09:30:00.5Z","agent_id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","state":"\u00e9","x":[1,{"y":null}]}"#,
    #"{ "x" : -1.5e-3 , "event_type" : "call\"\\\/\n" , "interaction_id":"é😀","y":{"z":[true,[]]} }"#,
    #"{"state":"\ud83d\ude00","timestamp":"2026-02-29T00:00:00+01:00","sequence_id":""}"#,
    #"{"n":0,"m":-0.25,"é":"J\u00fcrgen \"J\u00fc\" M\u00fcller","o":{"a" : [ ] , "b":{ }},"p":[[[[1]]]],"sequence_id":"ü","state":"x","timestamp":"2026-01-31T23:59:59.123456789Z"}"#,
    #"{"timestamp":"2026-01-31T24:00:00Z","agent_id":"7C9E6679-7425-40de-944b-e07fc1f90ae7","interaction_id":"","outcome":{"verdict":"accepted"},"outcome2":1}"#,
    " \t"
      + #"{"a":1,"b":2,"a1":3,"longer_name_1":4,"longer_name_2":5,"state":"s","event_type":"","timestamp":""}  "#,
  ].map { Array($0.utf8) }

  /// What became of a record.
  private struct Reading: Equatable {
    var failure: EventCodec.Failure?
    var fields: EventFields?
    var flags: UInt8 = 0
    var arena: [UInt8] = []
    var hasBits: [Bool] = []
  }

  private static func reading(
    _ symbols: SymbolTable, _ append: (inout EventBatch) throws(EventCodec.Failure) -> Void
  ) -> Reading {
    var batch = EventBatch(symbols: symbols)
    do throws(EventCodec.Failure) {
      try append(&batch)
    } catch {
      return Reading(failure: error, arena: batch.arena)
    }
    let event = batch[0]
    return Reading(
      fields: batch.fields(of: event), flags: event.flags.rawValue,
      hasBits: [event.interaction, event.agent].map { if case .uuid = $0 { true } else { false } })
  }

  private static func damaged(_ count: Int, _ random: inout KeyedRandom) -> [UInt8] {
    var record = samples[count % samples.count]
    for _ in 0..<random.next() % 4 { record.damage(using: &random) }
    return record
  }

  @Test(arguments: 0..<4)
  func `both readers give the same event, or the same error, and it is written alike`(
    part: Int
  ) throws {
    let symbols = SymbolTable()
    var random = KeyedRandom(seed: UInt64(part), purpose: "difference")
    var reader = EventReader()
    var writer = EventWriter()
    var (accepted, usual) = (0, 0)
    var failures: [String] = []
    for count in 0..<Self.cases / 4 {
      let record = Self.damaged(count, &random)
      let one = Self.reading(symbols) { batch throws(EventCodec.Failure) in
        try reader.append(record[...], to: &batch, intended: SampleEvents.time)
      }
      let other = Self.reading(symbols) { batch throws(EventCodec.Failure) in
        try EventCodec.appendAny(
          record, in: record.indices, to: &batch, intended: SampleEvents.time)
      }
      if one != other { failures.append("\(String(decoding: record, as: UTF8.self)): \(one)") }
      guard let fields = other.fields else { continue }
      accepted += 1
      var batch = EventBatch(symbols: symbols)
      if reader.appendUsual(record[...], to: &batch, intended: SampleEvents.time) { usual += 1 }
      batch = EventBatch(symbols: symbols)
      try reader.append(record[...], to: &batch, intended: SampleEvents.time)
      var written: [UInt8] = []
      writer.write(batch[0], of: batch, to: &written)
      if written != PlainWriter.text(of: fields) {
        failures.append("\(String(decoding: written, as: UTF8.self))")
      }
      var without: [UInt8] = []
      writer.write(batch[0], of: batch, leavingOut: "outcome", to: &without)
      if without != PlainWriter.text(of: fields, leavingOut: "outcome") {
        failures.append("\(String(decoding: without, as: UTF8.self))")
      }
    }
    #expect(failures.prefix(5) == [])
    // It isn't the same because nothing was ever read, or nothing the usual way.
    #expect(accepted > Self.cases / 4 / 4 && accepted < Self.cases / 4)
    #expect(usual > accepted / 2 && usual < accepted)
  }

  @Test func `what is accepted, Foundation takes for the same object`() throws {
    let symbols = SymbolTable()
    var random = KeyedRandom(seed: 9, purpose: "foundation")
    var reader = EventReader()
    var (both, neither) = (0, 0)
    var failures: [String] = []
    for count in 0..<Self.cases / 5 {
      let record = Self.damaged(count, &random)
      let ours = Self.reading(symbols) { batch throws(EventCodec.Failure) in
        try reader.append(record[...], to: &batch, intended: SampleEvents.time)
      }
      let theirs = try? JSONSerialization.jsonObject(with: Data(record)) as? [String: Any]
      switch (ours.fields, theirs) {
      case (let fields?, let theirs?):
        both += 1
        let texts = [
          "sequence_id": fields.sequenceID, "state": fields.state, "event_type": fields.eventType,
          "agent_id": fields.agentID, "interaction_id": fields.interactionID,
        ]
        for (name, text) in texts where (theirs[name] as? String) != text {
          failures.append("\(name) in \(String(decoding: record, as: UTF8.self))")
        }
      case (.some, nil): failures.append("only ours: \(String(decoding: record, as: UTF8.self))")
      case (nil, .some), (nil, nil): neither += 1
      }
    }
    #expect(failures.prefix(5) == [])
    #expect(both > Self.cases / 50 && neither > Self.cases / 50)
  }

  @Test func `usual records are read the usual way`() {
    let usual = [0, 4, 5, 6].map { Self.samples[$0] }
    for record in usual {
      var reader = EventReader()
      var batch = EventBatch(symbols: SymbolTable())
      #expect(
        reader.appendUsual(record[...], to: &batch, intended: SampleEvents.time),
        "\(String(decoding: record, as: UTF8.self))")
    }
  }

  @Test(arguments: [1, 63, 64, 65, 200])
  func `records with many attributes are read, and a repeated name is found`(count: Int) throws {
    let members = (0..<count).map { #""attribute_\#($0)":\#($0)"# }
    var batch = EventBatch(symbols: SymbolTable())
    try batch.append(record: "{" + members.joined(separator: ",") + "}")
    #expect(batch.lines == ["{" + members.joined(separator: ",") + "}"])
    let repeated = "{" + (members + [members[count / 2]]).joined(separator: ",") + "}"
    let failure = #expect(throws: EventCodec.Failure.self) { try batch.append(record: repeated) }
    #expect(failure?.message == "\"attribute_\(count / 2)\" is set twice")
    #expect(batch.count == 1)
  }

  @Test func `states that the run's table has no room for stay those of their batch`() throws {
    let symbols = SymbolTable(capacity: 2)
    var reader = EventReader()
    for round in 0..<3 {
      var batch = EventBatch(symbols: symbols)
      let records = (0..<200).map { #"{"state":"state \#($0 + round)","event_type":"t"}"# }
      for record in records {
        try reader.append(Array(record.utf8)[...], to: &batch, intended: SampleEvents.time)
      }
      #expect(batch.lines == records)
    }
  }

  @Test func `a reader may go from one run to the next`() throws {
    var reader = EventReader()
    var writer = EventWriter()
    for order in [["a", "b"], ["b", "a"]] {
      var batch = EventBatch(symbols: SymbolTable())
      for state in order {
        try reader.append(
          Array(#"{"state":"\#(state)"}"#.utf8)[...], to: &batch, intended: SampleEvents.time)
      }
      var written: [UInt8] = []
      for index in batch.indices { writer.write(batch[index], of: batch, to: &written) }
      #expect(
        String(decoding: written, as: UTF8.self)
          == order.map { #"{"state":"\#($0)"}"# }.joined())
    }
  }

  @Test func `times at the ends of days and of the range are those of the plain reader`() throws {
    let texts = [
      "1677-09-21T00:12:43.145224192Z", "1677-09-21T23:00:00Z", "1677-09-22T00:00:00Z",
      "2262-04-11T23:47:16.854775807Z", "2262-04-11T23:47:16.854775808Z", "2262-04-11T10:00:00Z",
      "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z", "2024-02-29T12:00:00.1Z",
      "2024-02-29T12:00:00.1234567890Z", "2024-02-29T12:00:00.Z", "2024-02-29T12:00:60Z",
      "2024-02-29t12:00:00z", "2024-02-29T12:00:00+23:59", "2024-02-29T12:00:00-00:00",
      "2024-02-29T1:00:000Z", "2024-02-29T12:00:00,1Z", "2024-02-30T12:00:00Z",
    ]
    var reader = EventReader()
    var writer = EventWriter()
    // Twice, and backwards: the day that is remembered is each time another one.
    for text in texts + texts.reversed() + texts.flatMap({ [$0, $0] }) {
      var batch = EventBatch(symbols: SymbolTable())
      try reader.append(
        Array(#"{"timestamp":"\#(text)"}"#.utf8)[...], to: &batch, intended: SampleEvents.time)
      let plain = Timestamp(text)
      #expect(batch.hasTimestamp(batch[0]) == (plain != nil), "\(text)")
      #expect(batch[0].timestamp == plain ?? Timestamp(nanoseconds: 0), "\(text)")
      var written: [UInt8] = []
      writer.write(batch[0], of: batch, to: &written)
      #expect(
        String(decoding: written, as: UTF8.self)
          == #"{"timestamp":"\#(plain?.description ?? text)"}"#)
    }
  }
}
