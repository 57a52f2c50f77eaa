import PatchbayCore
import Testing

/// What is read back from an archive can't be told from what was written.
struct EventArchiveTests {
  private static func texts(_ batch: EventBatch) -> [String] {
    batch.indices.map { index in
      let event = batch[index]
      let outcome = batch.outcome(at: index)
      return "\(batch.fields(of: event)) \(event.flags.rawValue) \(event.intended) "
        + "\(event.findings.names) \(batch.forbiddenOrigin(of: event) ?? "-") "
        + "\(batch.place(of: event)?.description ?? "-") \(outcome.kind) \(outcome.status) "
        + "\(outcome.attempts) \(batch.text(outcome.code)) \(batch.text(outcome.reason)) "
        + "\(outcome.timings) "
        + batch.attemptTimes(of: index).map { attempt in
          "\(batch.text(attempt.endpoint)) \(attempt.status) \(attempt.total) "
            + "\(AttemptTimes.Phase.allCases.map { attempt[$0] })"
        }.joined(separator: ", ")
    }
  }

  private static func sample() -> EventBatch {
    var batch = EventBatch(symbols: SymbolTable(capacity: 3))
    let fields = [
      SampleEvents.fields(0), EventFields(), EventFields(sequenceID: ""),
      EventFields(
        sequenceID: "a\"\\\u{0}ü", timestamp: "yesterday", interactionID: "no id", agentID: "",
        state: "too many states", eventType: "more", attributes: #"{"a":[1, 2.50],"b":"\u00e9"}"#),
      EventFields(
        timestamp: "2026-01-31T09:30:00.123456789Z", state: String(repeating: "s", count: 300)),
    ]
    for (number, fields) in fields.enumerated() {
      batch.append(fields, intended: Timestamp(nanoseconds: Int64(number) - 2))
    }
    var outcome = Outcome(.failed, status: 503, attempts: 4)
    outcome.timings.queue = -1
    outcome.timings.rateLimit = 2
    outcome.timings.backoff = 3
    outcome.timings.service = 4
    outcome.timings.wire = .max
    batch.judge(1, outcome, code: "http.503", reason: "it said „no“")
    var sent = Outcome(.accepted, status: 202, attempts: 2)
    sent.timings.token = 5
    sent.timings.own = 6
    sent.timings.total = 11
    var attempt = AttemptTimes(
      total: 1_000, status: 202, endpoint: batch.symbols.symbol("POST /e") ?? .missing)
    attempt[.connect] = 0
    attempt[.lastByte] = 400
    batch.judge(2, sent, attempts: [AttemptTimes(total: 7, status: 503), attempt])
    batch.reject(3, code: "timestamp.malformed", reason: "yesterday is no time")
    batch.apply(.found([.mismatch, .duplicate], from: "some state"), to: 0)
    batch.setPlace(of: 4, input: batch.symbols.input(named: "calls.csv"), line: 384)
    return batch
  }

  private static func archived(_ batch: EventBatch) -> [UInt8] {
    var writer = ArchiveWriter()
    batch.archive(to: &writer)
    return writer.bytes
  }

  @Test func `all that is known of an event comes back`() throws {
    let batch = Self.sample()
    let bytes = Self.archived(batch)
    // In another run, whose symbols have other numbers.
    let symbols = SymbolTable()
    _ = symbols.symbol("of another run")
    var copy = EventBatch(symbols: symbols)
    var reader = ArchiveReader(bytes[...])
    try copy.append(archived: &reader)
    #expect(reader.isAtEnd)
    #expect(Self.texts(copy) == Self.texts(batch))
    #expect(Self.archived(copy) == bytes)
  }

  @Test func `an archive that breaks off anywhere is refused`() throws {
    let bytes = Self.archived(Self.sample())
    for end in bytes.indices {
      var copy = EventBatch(symbols: SymbolTable())
      var reader = ArchiveReader(bytes[..<end])
      #expect(throws: ArchiveReader.Failure()) { try copy.append(archived: &reader) }
    }
  }

  @Test func `bytes that were changed are refused or read, and nothing traps`() {
    var random = KeyedRandom(seed: 4, purpose: "archive")
    for _ in 0..<20_000 {
      var bytes = Self.archived(Self.sample())
      for _ in 0..<(1 + Int(random.next() % 4)) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      var copy = EventBatch(symbols: SymbolTable())
      var reader = ArchiveReader(bytes[...])
      if (try? copy.append(archived: &reader)) != nil { _ = Self.texts(copy) }
    }
  }
}
