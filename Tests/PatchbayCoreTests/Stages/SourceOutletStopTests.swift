import PatchbayCore
import Testing

/// A source that is to stop is told by its next call, and nothing is taken from it any more.
struct SourceOutletStopTests {
  private let script = ClockScript()
  private let destination = RecordingDestination()

  private func expectNothingTaken(_ outlet: SourceOutlet) async {
    await #expect(throws: CancellationError.self) {
      try await outlet.emit(SampleEvents.fields(1))
    }
    let batch = SampleEvents.batch(2..<4, symbols: outlet.makeBatch().symbols)
    await #expect(throws: CancellationError.self) { try await outlet.emit(batch) }
    await #expect(throws: CancellationError.self) {
      try await outlet.reject(EventFields(), code: "x", reason: "y")
    }
    #expect(destination.log == [])
    #expect(destination.ledger.counts.emitted == 0)
  }

  @Test func `after a stop every call throws and takes nothing`() async throws {
    let outlet = destination.makeOutlet(batchSize: 10)
    try await outlet.emit(SampleEvents.fields(0))
    destination.stop()
    await expectNothingTaken(outlet)
    await #expect(throws: CancellationError.self) { try await outlet.wait(until: RealClock().now) }
    #expect(destination.log == ["main s-0"])
  }

  @Test func `what was emitted before a stop still leaves`() async throws {
    let outlet = destination.makeOutlet(batchSize: 10)
    try await outlet.emit(SampleEvents.fields(0))
    destination.stop()
    await outlet.close()
    #expect(destination.log == ["main s-0"])
    #expect(destination.ledger.counts.emitted == 1)
  }

  @Test func `a source whose task is cancelled is told as well`() {
    let outlet = destination.makeOutlet(batchSize: 10)
    script.start("source") { [self] _ in await expectNothingTaken(outlet) }.cancel()
    script.drain()
    #expect(script.log == ["source 0"])
  }

  @Test func `a source that never waits ends by its next event`() {
    let outlet = destination.makeOutlet(batchSize: 10)
    script.start("source") { [destination] _ in
      var count = 0
      while true {
        try await outlet.emit(SampleEvents.fields(count))
        count += 1
        if count == 25 { destination.stop() }
      }
    }
    script.drain()
    #expect(script.log == ["source cancelled 0"])
    #expect(destination.ledger.counts.emitted == 20)
  }

  @Test func `after the source has returned nothing is taken`() async throws {
    let outlet = destination.makeOutlet(batchSize: 10)
    await outlet.close()
    await expectNothingTaken(outlet)
  }
}
