import PatchbayCore
import Testing

/// A source that repeats itself emits only what it hadn't before its run was interrupted.
struct RepetitionTests {
  private let destination = RecordingDestination()

  private func past(_ main: [Int], rejected: [Int] = []) -> SourcePast {
    var past = SourcePast(startedAt: SampleEvents.time)
    for number in main { past.main.add("s-\(number)".utf8) }
    for number in rejected { past.rejected.add("s-\(number)".utf8) }
    return past
  }

  private func makeOutlet(_ past: SourcePast, repeats: Bool = true) -> SourceOutlet {
    destination.makeOutlet(batchSize: 2, past: past, repeats: repeats)
  }

  @Test func `what was emitted before is let go, one by one and in batches`() async throws {
    let outlet = makeOutlet(past([0, 1, 2]))
    #expect(outlet.pastEvents == 3 && outlet.startedAt == SampleEvents.time)
    let receipt = try await outlet.emit(SampleEvents.fields(0))
    #expect(try await receipt.settlements() == [.delivered])
    var batch = outlet.makeBatch()
    for number in 1...4 { batch.append(SampleEvents.fields(number), intended: SampleEvents.time) }
    #expect(outlet.repetition == "after 1 of the 3 events that it had emitted before")
    try await outlet.emit(batch)
    #expect(outlet.repetition == nil)
    #expect(destination.log == ["main s-3 s-4"])
    #expect(destination.ledger.counts.emitted == 2)
  }

  @Test func `each output has its own past`() async throws {
    let outlet = makeOutlet(past([0], rejected: [1]))
    try await outlet.reject(SampleEvents.fields(1), code: "c", reason: "r")
    try await outlet.reject(SampleEvents.fields(2), code: "c", reason: "r")
    try await outlet.emit(SampleEvents.fields(0))
    try await outlet.emit(SampleEvents.fields(3))
    try await outlet.flush()
    #expect(destination.log == ["rejected s-2", "main s-3"])
  }

  @Test func `a source that emits something else than before is refused`() async throws {
    let outlet = makeOutlet(past([0, 1]))
    try await outlet.emit(SampleEvents.fields(0))
    await #expect {
      try await outlet.emit(SampleEvents.fields(7))
    } throws: { error in
      "\(error)"
        == "emits other events than before the run was interrupted: its input has changed since; "
        + "go on with the one from then, or start a new run"
    }
  }

  @Test func `from a source that doesn't repeat itself all is new`() async throws {
    let outlet = makeOutlet(past([0, 1]), repeats: false)
    #expect(outlet.pastEvents == 0 && outlet.startedAt == SampleEvents.time)
    try await outlet.emit(SampleEvents.fields(0))
    try await outlet.flush()
    #expect(destination.log == ["main s-0"])
  }
}
