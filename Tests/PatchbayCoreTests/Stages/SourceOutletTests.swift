import PatchbayCore
import Testing

struct SourceOutletTests {
  private let destination = RecordingDestination()

  private func emit(_ numbers: ClosedRange<Int>, to outlet: SourceOutlet) async throws {
    for number in numbers { try await outlet.emit(SampleEvents.fields(number)) }
  }

  @Test func `events gather until the batch is full`() async throws {
    let outlet = destination.makeOutlet(batchSize: 3)
    try await emit(0...1, to: outlet)
    #expect(destination.log == [])
    try await emit(2...7, to: outlet)
    #expect(destination.log == ["main s-0 s-1 s-2", "main s-3 s-4 s-5"])
    try await outlet.flush()
    #expect(destination.log.last == "main s-6 s-7")
  }

  @Test func `a batch of one leaves at once`() async throws {
    let outlet = destination.makeOutlet(batchSize: 1)
    try await emit(0...1, to: outlet)
    #expect(destination.log == ["main s-0", "main s-1"])
  }

  @Test func `flushing nothing sends nothing`() async throws {
    let outlet = destination.makeOutlet(batchSize: 3)
    try await outlet.flush()
    try await emit(0...2, to: outlet)
    try await outlet.flush()
    #expect(destination.log == ["main s-0 s-1 s-2"])
  }

  @Test func `an event is intended for now unless it says when`() async throws {
    let clock = VirtualClock(start: SampleEvents.time)
    let outlet = destination.makeOutlet(batchSize: 2, clock: clock)
    try await outlet.emit(SampleEvents.fields(0))
    try await outlet.emit(SampleEvents.fields(1), intended: Timestamp(nanoseconds: 5))
    let intended = destination.batches.flatMap(\.events).map(\.intended)
    #expect(intended == [SampleEvents.time, Timestamp(nanoseconds: 5)])
  }

  @Test func `a batch of the source's own follows what was emitted before`() async throws {
    let outlet = destination.makeOutlet(batchSize: 3)
    try await emit(0...0, to: outlet)
    var batch = outlet.makeBatch()
    for number in 10...14 { batch.append(SampleEvents.fields(number), intended: SampleEvents.time) }
    try await outlet.emit(batch)
    try await outlet.emit(outlet.makeBatch())
    #expect(destination.log == ["main s-0", "main s-10 s-11 s-12", "main s-13 s-14"])
  }

  @Test func `a rejected record goes its own way`() async throws {
    let outlet = destination.makeOutlet(batchSize: 3)
    try await emit(0...0, to: outlet)
    try await outlet.reject(
      EventFields(sequenceID: "bad"), code: "record.malformed", reason: "line 7: no JSON")
    #expect(destination.log == ["rejected bad"])
    let batch = try #require(destination.batches.first)
    let outcome = batch.outcome(at: 0)
    #expect(outcome.kind == .rejected)
    #expect(batch.text(outcome.code) == "record.malformed")
    #expect(batch.text(outcome.reason) == "line 7: no JSON")
    try await outlet.flush()
    #expect(destination.log == ["rejected bad", "main s-0"])
  }

  @Test func `waiting sends what has gathered first`() async throws {
    let outlet = destination.makeOutlet(batchSize: 3)
    try await emit(0...0, to: outlet)
    try await outlet.wait(until: RealClock().now)
    #expect(destination.log == ["main s-0"])
  }

  @Test func `waiting takes the run's time`() async throws {
    let clock = VirtualClock(start: SampleEvents.time)
    clock.hold()
    let outlet = destination.makeOutlet(batchSize: 3, clock: clock)
    let deadline = SampleEvents.time.advanced(by: .seconds(3_600))
    try await outlet.wait(until: deadline)
    #expect(clock.now == deadline)
    try await emit(1...1, to: outlet)
    try await outlet.wait(until: deadline)
    #expect(destination.log == ["main s-1"])
    #expect(destination.batches.last?[0].intended == deadline)
  }

  @Test func `the first event of a batch is told`() async throws {
    let outlet = destination.makeOutlet(batchSize: 3)
    var words = outlet.started.makeAsyncIterator()
    try await emit(0...0, to: outlet)
    #expect(await words.next() != nil)
    try await emit(1...2, to: outlet)
    try await emit(3...3, to: outlet)
    #expect(await words.next() != nil)
    try await emit(4...4, to: outlet)
    await outlet.close()
    #expect(await words.next() == nil)
  }

  @Test func `words that nobody waits for are one`() async throws {
    let outlet = destination.makeOutlet(batchSize: 2)
    try await emit(0...10, to: outlet)
    await outlet.close()
    var count = 0
    for await _ in outlet.started { count += 1 }
    #expect(count == 1)
  }

  @Test func `of a batch that is full at once nothing is told`() async throws {
    let outlet = destination.makeOutlet(batchSize: 1)
    try await emit(0...2, to: outlet)
    await outlet.close()
    var words = outlet.started.makeAsyncIterator()
    #expect(await words.next() == nil)
  }

  @Test func `the end of the run comes through to the source`() async throws {
    let outlet = destination.makeOutlet(batchSize: 2)
    destination.fail(with: CancellationError())
    try await emit(0...0, to: outlet)
    await #expect(throws: CancellationError.self) { try await emit(1...1, to: outlet) }
    await #expect(throws: CancellationError.self) {
      try await outlet.reject(EventFields(), code: "x", reason: "y")
    }
    try await emit(2...2, to: outlet)
    await #expect(throws: CancellationError.self) { try await outlet.flush() }
  }

  @Test func `a batch comes from the run's symbols`() async throws {
    let outlet = destination.makeOutlet(batchSize: 1)
    try await emit(0...0, to: outlet)
    #expect(destination.batches.first?.symbols === outlet.makeBatch().symbols)
    #expect(outlet.makeBatch().isEmpty)
  }
}
