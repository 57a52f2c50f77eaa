import PatchbayCore
import Testing

struct OutcomeTests {
  private let symbols = SymbolTable(capacity: 5)

  @Test func `nobody has judged a new event`() {
    let batch = SampleEvents.batch(0..<2, symbols: symbols)
    #expect(!batch.hasOutcomes)
    let outcome = batch.outcome(at: 1)
    #expect(outcome.kind == .undecided)
    #expect(outcome.status == 0 && outcome.attempts == 0)
    #expect(outcome.code == .missing && outcome.reason.isEmpty)
    #expect(outcome.timings == InjectionTimings())
  }

  @Test func `an outcome that came with the event isn't taken for this run's`() throws {
    var batch = EventBatch(symbols: symbols)
    let line = #"{"sequence_id":"a","outcome":{"verdict":"accepted"},"queue":"q"}"#
    let bytes = Array(line.utf8)
    try EventCodec.append(bytes, in: bytes.indices, to: &batch, intended: SampleEvents.time)
    var written: [UInt8] = []
    OutcomeJSON.write(0, of: batch, to: &written)
    #expect(String(decoding: written, as: UTF8.self) == "{\"sequence_id\":\"a\",\"queue\":\"q\"}\n")
  }

  @Test func `a judgement touches one event`() {
    var batch = SampleEvents.batch(0..<3, symbols: symbols)
    var outcome = Outcome(.unknown, status: 504, attempts: 3)
    outcome.timings.service = 1_234_567
    batch.judge(1, outcome, code: "http.504", reason: "no answer in 30 s")
    #expect(batch.hasOutcomes)
    #expect(batch.indices.map { batch.outcome(at: $0).kind } == [.undecided, .unknown, .undecided])
    let read = batch.outcome(at: 1)
    #expect(batch.text(read.code) == "http.504")
    #expect(batch.text(read.reason) == "no answer in 30 s")
    #expect(read.status == 504 && read.attempts == 3)
    #expect(read.timings == outcome.timings)
  }

  @Test func `the times of attempts go where their events go`() {
    var batch = SampleEvents.batch(0..<4, symbols: symbols)
    for index in [1, 3] {
      var attempt = AttemptTimes(total: Int64(index) * 100, status: 202)
      attempt[.firstByte] = Int64(index)
      batch.judge(
        index, Outcome(.accepted, status: 202, attempts: 2),
        attempts: [AttemptTimes(total: 1, status: 503), attempt])
    }
    var together = SampleEvents.batch(0..<1, symbols: symbols)
    together.append(contentsOf: batch)
    for (part, place) in [
      (batch, 3), (batch.subset([0, 3]), 1), (batch.extract([3]), 0), (together, 4),
      (batch.parts(of: 3)[1], 0),
    ] {
      let attempts = Array(part.attemptTimes(of: place))
      #expect(attempts.map(\.total) == [1, 300])
      #expect(attempts.last?[.firstByte] == 3)
      #expect(attempts.last?[.lastByte] == nil)
      #expect(attempts.last?.between == 297)
    }
    #expect(batch.attemptTimes(of: 0).isEmpty)
    // A verdict that comes later, such as a validator's, leaves them.
    batch.reject(3, code: "a", reason: "b")
    #expect(batch.attemptTimes(of: 3).count == 2)
  }

  @Test func `phases never add up to more than the whole`() {
    var attempt = AttemptTimes(total: 100)
    attempt[.connect] = 30
    attempt[.send] = 90
    #expect(attempt[.connect] == 30)
    #expect(attempt[.send] == 70)
    #expect(attempt.between == 0)
    attempt[.connect] = nil
    #expect(attempt[.connect] == nil)
    #expect(attempt.between == 30)
    attempt[.lastByte] = -5
    #expect(attempt[.lastByte] == 0)
    #expect(AttemptTimes(total: -1).total == 0)
  }

  @Test func `a ledger says all parts, and of an attempt what was measured`() throws {
    var batch = SampleEvents.batch(0..<2, symbols: symbols)
    var outcome = Outcome(.accepted, status: 202, attempts: 1)
    outcome.timings.queue = 5
    outcome.timings.wire = 100
    outcome.timings.service = 100
    outcome.timings.total = 105
    var attempt = AttemptTimes(
      total: 100, status: 202, endpoint: symbols.symbol("POST /e\"") ?? .missing)
    attempt[.firstByte] = 60
    attempt[.nameLookup] = 0
    batch.judge(0, outcome, attempts: [attempt])
    batch.judge(1, Outcome(.rejected))
    var bytes: [UInt8] = []
    LedgerJSON.append(0, of: batch, after: "", to: &bytes)
    LedgerJSON.append(1, of: batch, after: "never", to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"attempts":[{"between_ns":40,"endpoint":"POST /e\"","first_byte_ns":60,"#
        + #""name_lookup_ns":0,"status":202,"total_ns":100}],"backoff_ns":0,"own_ns":0,"#
        + #""queue_ns":5,"rate_limit_ns":0,"token_ns":0,"total_ns":105,"wire_ns":100}"#)
  }

  @Test func `a judgement without a reason has none`() {
    var batch = SampleEvents.batch(0..<1, symbols: symbols)
    batch.judge(0, Outcome(.accepted))
    #expect(batch.text(batch.outcome(at: 0).code) == "")
    #expect(batch.text(batch.outcome(at: 0).reason) == "")
  }

  @Test func `a code that the table has no room for is kept`() {
    var batch = SampleEvents.batch(0..<1, symbols: symbols)
    for code in ["a", "b", "c"] { batch.judge(0, Outcome(.failed), code: code) }
    #expect(batch.outcome(at: 0).code.isLocal)
    #expect(batch.text(batch.outcome(at: 0).code) == "c")
  }

  @Test func `an event appended later is undecided`() {
    var batch = SampleEvents.batch(0..<1, symbols: symbols)
    batch.judge(0, Outcome(.accepted))
    batch.append(SampleEvents.fields(1), intended: SampleEvents.time)
    #expect(batch.indices.map { batch.outcome(at: $0).kind } == [.accepted, .undecided])
  }

  @Test func `a rejection keeps what was measured`() {
    var batch = SampleEvents.batch(0..<2, symbols: symbols)
    batch.judge(0, Outcome(.accepted, status: 202, attempts: 2))
    batch.reject(0, code: "state.unknown", reason: "no such state")
    let outcome = batch.outcome(at: 0)
    #expect(outcome.kind == .rejected)
    #expect(outcome.status == 202 && outcome.attempts == 2)
    #expect(batch.text(outcome.code) == "state.unknown")
    #expect(batch.text(outcome.reason) == "no such state")
    #expect(batch.marks == [.divert, .pass])
  }

  @Test func `kinds have wire names`() {
    #expect(
      Outcome.Kind.allCases.map(\.name) == [
        "undecided", "accepted", "rejected", "failed", "unknown",
      ])
  }

  @Test(arguments: [(0, 0), (999, 0), (1_000, 0.001), (1_234_567, 1.234), (-1_500, -0.001)])
  func `the service time is told to the microsecond`(nanoseconds: Int64, milliseconds: Double) {
    var timings = InjectionTimings()
    timings.service = nanoseconds
    #expect(timings.serviceMilliseconds == milliseconds)
  }
}
