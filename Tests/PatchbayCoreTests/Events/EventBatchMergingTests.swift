import PatchbayCore
import Testing

struct EventBatchMergingTests {
  private let symbols = SymbolTable(capacity: 4)

  /// Events whose members lie in every place that a batch has.
  private func batch(_ name: String) -> EventBatch {
    var batch = EventBatch(symbols: symbols)
    for number in 0..<3 {
      batch.append(
        EventFields(
          sequenceID: "\(name)\(number)", timestamp: "at \(name)", interactionID: "i \(name)",
          agentID: SampleEvents.agent, state: "state \(name)\(number)", eventType: "type \(name)",
          attributes: #"{"\#(name)":\#(number)}"#),
        intended: Timestamp(nanoseconds: Int64(number)))
      batch.append(EventFields(state: "", eventType: "call"), intended: SampleEvents.time)
      batch.append(EventFields(), intended: SampleEvents.time)
    }
    return batch
  }

  @Test func `appended events are as they were`() {
    var merged = batch("a")
    let (one, other) = (merged.lines, batch("b"))
    merged.append(contentsOf: other)
    #expect(merged.lines == one + other.lines)
    #expect(merged.events.map(\.intended) == batch("a").events.map(\.intended) * 2)
    // What the table had no room for is now in this batch.
    #expect(merged[9].state.isLocal)
  }

  @Test func `an empty batch takes over the other`() {
    var merged = EventBatch(symbols: symbols)
    merged.append(contentsOf: batch("a"))
    #expect(merged.lines == batch("a").lines)
    merged.append(contentsOf: EventBatch(symbols: symbols))
    #expect(merged.lines == batch("a").lines)
  }

  @Test func `outcomes are kept on both sides`() {
    var judged = batch("a")
    judged.judge(0, Outcome(.failed, status: 503, attempts: 4), code: "http.503", reason: "busy")
    judged.judge(1, Outcome(.accepted, status: 202, attempts: 1))
    var merged = batch("b")
    merged.append(contentsOf: judged)
    merged.append(contentsOf: batch("c"))
    #expect(merged.hasOutcomes)
    #expect(
      merged.indices.map { merged.outcome(at: $0).kind }.enumerated().filter {
        $0.element != .undecided
      }.map { "\($0.offset) \($0.element)" } == ["9 failed", "10 accepted"])
    let outcome = merged.outcome(at: 9)
    #expect(merged.text(outcome.code) == "http.503")
    #expect(merged.text(outcome.reason) == "busy")
    #expect(outcome.status == 503 && outcome.attempts == 4)
  }

  @Test func `events appended to a marked batch pass`() {
    var merged = SampleEvents.batch(0..<2, symbols: symbols)
    merged.reject(1, code: "x", reason: "y")
    merged.append(contentsOf: SampleEvents.batch(2..<4, symbols: symbols))
    #expect(merged.marked == [.pass: ["s-0", "s-2", "s-3"], .divert: ["s-1"]])
  }

  @Test func `a mismatch stays with its event when batches are taken apart and merged`() {
    var marked = batch("a")
    // Longer than the table takes, so that the batch keeps it.
    let origin = String(repeating: "o", count: 300)
    marked.note(.mismatch, from: origin, of: 1)
    marked.note(.mismatch, from: "", of: 3)
    var merged = batch("b")
    merged.append(contentsOf: marked.subset([0, 1, 3]))
    #expect(
      merged.indices.map { merged.forbiddenOrigin(of: merged[$0]) }
        == [String?](repeating: nil, count: 10) + [origin, ""])
  }

  @Test func `many small batches make a large one`() {
    var merged = EventBatch(symbols: symbols)
    for number in 0..<300 {
      merged.append(contentsOf: SampleEvents.batch([number], symbols: symbols))
    }
    #expect(merged.lines == SampleEvents.batch(0..<300, symbols: symbols).lines)
  }

  @Test func `a batch can be appended to itself`() {
    var batch = batch("a")
    let lines = batch.lines
    batch.append(contentsOf: batch)
    #expect(batch.lines == lines + lines)
  }
}

private func * <Element>(elements: [Element], count: Int) -> [Element] {
  Array(repeatElement(elements, count: count).joined())
}
