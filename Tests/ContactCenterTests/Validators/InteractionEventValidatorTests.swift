import ContactCenter
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Each rule has its code and says what was expected and found.
struct InteractionEventValidatorTests {
  private func verdict(_ change: (inout EventFields) -> Void) throws -> Verdict {
    var validator = InteractionEventValidator(try .init([:]))
    var fields = EventFields.sample(1)
    change(&fields)
    var batch = EventBatch(symbols: SymbolTable())
    batch.append(fields, intended: Timestamp(nanoseconds: 0))
    return validator.validate(batch[0], of: batch)
  }

  @Test func `a well-formed event is accepted`() throws {
    #expect(try verdict { _ in } == .accept)
  }

  @Test func `an absent, empty or too long sequence id is rejected`() throws {
    let missing = Verdict.reject(
      code: "sequence_id.missing", reason: "sequence_id is missing or empty")
    #expect(try verdict { $0.sequenceID = nil } == missing)
    #expect(try verdict { $0.sequenceID = "" } == missing)
    #expect(
      try verdict { $0.sequenceID = String(repeating: "é", count: 65) }
        == .reject(
          code: "sequence_id.too_long",
          reason: "sequence_id has 130 bytes, at most 128 are allowed"))
  }

  @Test func `a timestamp must be there and be RFC 3339`() throws {
    #expect(
      try verdict { $0.timestamp = nil }
        == .reject(code: "timestamp.missing", reason: "timestamp is missing"))
    #expect(
      try verdict { $0.timestamp = "2026-02-30T00:00:00Z" }
        == .reject(
          code: "timestamp.malformed",
          reason: "timestamp must be RFC 3339 with an offset such as 2026-01-31T09:30:00Z, "
            + "found \"2026-02-30T00:00:00Z\""))
  }

  @Test(arguments: [
    "11111111-2222-4333-8444-55555555555A", "------------------------------------",
    "11111111222243338444555555555555", "x",
  ])
  func `ids must be UUIDs in lower case`(id: String) throws {
    #expect(
      try verdict { $0.agentID = id }
        == .reject(
          code: "agent_id.not_uuid",
          reason: "agent_id must be a UUID in lower-case hexadecimal, found \"\(id)\""))
    #expect(
      try verdict { $0.interactionID = id }
        == .reject(
          code: "interaction_id.not_uuid",
          reason: "interaction_id must be a UUID in lower-case hexadecimal, found \"\(id)\""))
  }

  @Test func `absent ids, states and types are rejected`() throws {
    #expect(
      try verdict { $0.agentID = nil }
        == .reject(code: "agent_id.missing", reason: "agent_id is missing"))
    #expect(
      try verdict { $0.state = nil } == .reject(code: "state.missing", reason: "state is missing"))
    #expect(
      try verdict { $0.eventType = nil }
        == .reject(code: "event_type.missing", reason: "event_type is missing"))
  }

  @Test func `unknown states and types are rejected with the known ones`() throws {
    #expect(
      try verdict { $0.state = "routing/agent/bsy" }
        == .reject(
          code: "state.unknown",
          reason: "state \"routing/agent/bsy\" is none of routing/agent/available, "
            + "routing/agent/busy, interaction/media/connected, interaction/media/disconnected, "
            + "routing/agent/wrapping"))
    #expect(
      try verdict { $0.eventType = "x" }
        == .reject(
          code: "event_type.unknown", reason: "event_type \"x\" is none of routing/agent/state"))
  }

  @Test func `a sequence id may come again only after the window`() throws {
    var validator = InteractionEventValidator(try .init(["window": 10]))
    func verdict(_ number: Int) -> Verdict {
      var batch = EventBatch(symbols: SymbolTable())
      batch.append(.sample(number), intended: Timestamp(nanoseconds: 0))
      return validator.validate(batch[0], of: batch)
    }
    for number in 0..<10 { #expect(verdict(number) == .accept) }
    #expect(
      verdict(0)
        == .reject(
          code: "sequence_id.duplicate",
          reason: "sequence_id \"test-0\" was used within the last 10 events"))
    #expect(verdict(10) == .accept)
    #expect(verdict(0) == .accept)
    #expect(validator.findings()["rejected"] == 1)
    #expect(validator.findings()["window"] == 10)
  }
}
