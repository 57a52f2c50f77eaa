import PatchbayCore
import Testing

struct EventBatchCopyTests {
  private let symbols = SymbolTable()

  @Test func `changing a copy leaves the other alone`() {
    let original = SampleEvents.batch(0..<3, symbols: symbols)
    let before = original.lines
    var copy = original

    copy[0].state = copy.symbol("idle")
    copy[1].sequence = copy.intern("changed".utf8)
    copy[1].agent = .missing
    copy.reject(2, code: "x", reason: "because")
    copy.append(SampleEvents.fields(9), intended: SampleEvents.time)
    copy.markValidated()

    #expect(original.lines == before)
    #expect(original.count == 3)
    #expect(!original.hasOutcomes)
    #expect(original.marks == [])
    #expect(original.indices.allSatisfy { !original[$0].isValidated })
    #expect(copy.state(of: copy[0]) == "idle")
    #expect(copy.sequences == ["s-0", "changed", "s-2", "s-9"])
    #expect(copy.agentID(of: copy[1]) == "")
    #expect(copy.outcome(at: 2).kind == .rejected)
  }

  @Test func `changing the original leaves a copy alone`() {
    var original = SampleEvents.batch(0..<2, symbols: symbols)
    original.judge(0, Outcome(.accepted, status: 202, attempts: 1))
    let copy = original
    let before = copy.lines

    original[0].attributes = .empty
    original.judge(0, Outcome(.failed, status: 500, attempts: 3), code: "http.500", reason: "no")
    original.append(contentsOf: SampleEvents.batch([5], symbols: symbols))

    #expect(copy.lines == before)
    #expect(copy.outcome(at: 0).kind == .accepted)
    #expect(copy.outcome(at: 0).status == 202)
    #expect(copy.outcome(at: 0).reason.isEmpty)
    #expect(copy.count == 2)
  }

  @Test func `the parts of a batch don't change each other`() {
    let whole = SampleEvents.batch(0..<4, symbols: symbols)
    var part = whole.subset([1, 3])
    part[0].sequence = part.intern("changed".utf8)
    #expect(part.sequences == ["changed", "s-3"])
    #expect(whole.sequences == ["s-0", "s-1", "s-2", "s-3"])
    #expect(whole.subset([1]).sequences == ["s-1"])
  }
}
