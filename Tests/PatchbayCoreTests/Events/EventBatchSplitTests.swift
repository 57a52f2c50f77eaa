import PatchbayCore
import Testing

struct EventBatchSplitTests {
  private let symbols = SymbolTable()

  @Test func `a subset has the events that are named, in that order`() {
    var batch = SampleEvents.batch(0..<5, symbols: symbols)
    batch.judge(3, Outcome(.failed, status: 503, attempts: 2), code: "http.503", reason: "busy")
    batch.mark(1, .hold)
    let part = batch.subset([3, 1, 3])
    #expect(part.lines == [3, 1, 3].map { batch.lines[$0] })
    #expect(part.indices.map { part.outcome(at: $0).kind } == [.failed, .undecided, .failed])
    #expect(part.text(part.outcome(at: 0).reason) == "busy")
    #expect(part.text(part.outcome(at: 2).code) == "http.503")
    #expect(part.marks == [])
    #expect(batch.subset([]).isEmpty)
  }

  @Test func `a batch without marks passes whole`() {
    #expect(
      SampleEvents.batch(0..<3, symbols: symbols).marked == [.pass: ["s-0", "s-1", "s-2"]])
  }

  @Test func `a batch is separated by its marks, each part in order`() {
    var batch = SampleEvents.batch(0..<6, symbols: symbols)
    batch.reject(4, code: "agent_id.not_uuid", reason: "no UUID")
    batch.mark(1, .absorb)
    batch.mark(2, .hold)
    batch.reject(0, code: "state.unknown", reason: "no such state")
    #expect(
      batch.marked == [
        .pass: ["s-3", "s-5"], .absorb: ["s-1"], .hold: ["s-2"], .divert: ["s-0", "s-4"],
      ])
    let diverted = batch.subset(batch.positionsByMark[.divert] ?? [])
    #expect(diverted.marks == [])
    #expect(
      diverted.indices.map { diverted.text(diverted.outcome(at: $0).code) }
        == ["state.unknown", "agent_id.not_uuid"])
  }

  @Test func `a batch with one mark for all has one part`() {
    var batch = SampleEvents.batch(0..<2, symbols: symbols)
    for index in batch.indices { batch.mark(index, .absorb) }
    #expect(batch.positionsByMark == [.absorb: [0, 1]])
  }

  @Test func `an extract has its own texts alone`() {
    var batch = SampleEvents.batch(0..<256, symbols: symbols)
    batch.judge(200, Outcome(.failed), code: "http.503", reason: "busy")
    let one = batch.extract([200])
    #expect(one.lines == [batch.lines[200]])
    #expect(one.text(one.outcome(at: 0).reason) == "busy")
    #expect(one.arena.count < batch.arena.count / 100)
    #expect(batch.subset([200]).arena.count == batch.arena.count)
  }

  @Test func `forgotten marks separate nothing`() {
    var batch = SampleEvents.batch(0..<2, symbols: symbols)
    batch.reject(0, code: "x", reason: "y")
    batch.clearMarks()
    #expect(batch.positionsByMark == [.pass: [0, 1]])
    #expect(batch.outcome(at: 0).kind == .rejected)
  }

  @Test(arguments: [
    (1, [1, 1, 1, 1, 1, 1, 1]), (2, [2, 2, 2, 1]), (3, [3, 3, 1]), (6, [6, 1]), (7, [7]), (8, [7]),
  ])
  func `a batch is cut into parts`(size: Int, counts: [Int]) {
    let batch = SampleEvents.batch(0..<7, symbols: symbols)
    let parts = batch.parts(of: size)
    #expect(parts.map(\.count) == counts)
    #expect(parts.flatMap(\.lines) == batch.lines)
  }

  @Test func `the parts of a large arena have their own texts, those of a small one share it`() {
    let small = SampleEvents.batch(0..<4, symbols: symbols)
    #expect(small.parts(of: 2).map(\.arena.count) == [small.arena.count, small.arena.count])
    var large = SampleEvents.batch(0..<4, symbols: symbols)
    large[0].attributes = large.intern(repeatElement(UInt8(ascii: " "), count: 300_000))
    let parts = large.parts(of: 2)
    #expect(parts.map { $0.arena.count > 300_000 } == [true, false])
    #expect(parts.flatMap(\.sequences) == large.sequences)
  }

  @Test func `an empty batch is one part`() {
    #expect(EventBatch(symbols: symbols).parts(of: 3).map(\.count) == [0])
  }

  @Test func `an event appended after a rejection passes`() {
    var batch = SampleEvents.batch(0..<2, symbols: symbols)
    batch.reject(0, code: "x", reason: "y")
    batch.append(SampleEvents.fields(2), intended: SampleEvents.time)
    #expect(batch.marked == [.divert: ["s-0"], .pass: ["s-1", "s-2"]])
  }
}
