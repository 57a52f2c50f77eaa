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
