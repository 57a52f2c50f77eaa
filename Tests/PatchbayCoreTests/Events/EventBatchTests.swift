import PatchbayCore
import Testing

struct EventBatchTests {
  private let symbols = SymbolTable()

  @Test func `an event takes at most 96 bytes`() {
    #expect(MemoryLayout<Event>.size <= 96)
    #expect(MemoryLayout<Event>.stride <= 96)
  }

  @Test func `an empty batch has nothing`() {
    let batch = EventBatch(symbols: symbols)
    #expect(batch.isEmpty)
    #expect(batch.count == 0)
    #expect(batch.indices == 0..<0)
    #expect(!batch.hasOutcomes)
    #expect(batch.positionsByMark == [.pass: []])
  }

  @Test func `an event's members are read from its batch`() {
    let batch = SampleEvents.batch([7], symbols: symbols)
    let event = batch[0]
    #expect(batch.sequenceID(of: event) == "s-7")
    #expect(batch.interactionID(of: event) == SampleEvents.interaction)
    #expect(batch.agentID(of: event) == SampleEvents.agent)
    #expect(batch.state(of: event) == "talking")
    #expect(batch.eventType(of: event) == "call")
    #expect(batch.timestampText(of: event) == "2026-01-31T09:30:00.123456789Z")
    #expect(batch.hasTimestamp(event))
    #expect(event.timestamp == SampleEvents.time)
    #expect(event.intended == SampleEvents.time)
    #expect(Array(batch.bytes(event.attributes)) == Array(#"{"n":7}"#.utf8))
    #expect(!event.isValidated)
  }

  @Test func `well-formed ids become bits, all others stay text`() throws {
    var batch = EventBatch(symbols: symbols)
    let bits = try #require(UUIDBits(lowercase: SampleEvents.agent.utf8))
    let texts = [SampleEvents.agent, SampleEvents.agent.uppercased(), "agent 7", ""]
    let ids = texts.map { batch.entityID($0.utf8) }
    #expect(ids[0] == .uuid(bits))
    #expect(
      (ids + [.missing]).map { batch.key($0) } == [
        .uuid(bits), .text(SampleEvents.agent.uppercased()), .text("agent 7"), .text(""),
        .text(""),
      ])
    #expect(ids[3] != .missing)
  }

  @Test func `an event can be made from parts`() {
    var batch = EventBatch(symbols: symbols)
    let event = Event(
      sequence: batch.intern("s".utf8), timestamp: SampleEvents.time, interaction: .missing,
      agent: batch.entityID("a".utf8), state: batch.symbol("idle"), type: batch.symbol("login"),
      attributes: batch.intern("{\"x\": [1]}".utf8), intended: SampleEvents.time)
    batch.append(event)
    #expect(
      batch.lines == [
        #"{"sequence_id":"s","timestamp":"2026-01-31T09:30:00.123456789Z","agent_id":"a","#
          + #""state":"idle","event_type":"login","x": [1]}"#
      ])
  }

  @Test func `an empty text takes no room`() {
    var batch = EventBatch(symbols: symbols)
    #expect(batch.intern([]) == .empty)
    #expect(batch.intern([]).isEmpty)
    let reference = batch.intern("é".utf8)
    #expect(reference.count == 2)
    #expect(batch.text(reference) == "é")
    #expect(batch.text(TextReference.empty) == "")
  }

  @Test func `a batch keeps the symbols that the table has no room for`() {
    let small = SymbolTable(capacity: 2, longest: 8)
    var batch = EventBatch(symbols: small)
    for state in ["idle", "talking", "a state that is too long", "talking"] {
      batch.append(EventFields(state: state, eventType: "idle"), intended: SampleEvents.time)
    }
    #expect(batch.indices.map { batch[$0].state.isLocal } == [false, true, true, true])
    #expect(batch.indices.map { batch[$0].type.isLocal } == [false, false, false, false])
    #expect(
      batch.lines == [
        #"{"state":"idle","event_type":"idle"}"#, #"{"state":"talking","event_type":"idle"}"#,
        #"{"state":"a state that is too long","event_type":"idle"}"#,
        #"{"state":"talking","event_type":"idle"}"#,
      ])
  }

  @Test func `a validator's acceptance is noted`() {
    var batch = SampleEvents.batch(0..<2, symbols: symbols)
    batch.markValidated()
    #expect(batch.indices.allSatisfy { batch[$0].isValidated })
    #expect(batch.lines == SampleEvents.batch(0..<2, symbols: symbols).lines)
  }
}
