import PatchbayCore
import Testing

/// Batches leave in the order of the calls, whoever makes them, and none stays behind.
struct SourceOutletOrderTests {
  private let script = ClockScript()
  private let destination = RecordingDestination()

  private func batch(_ numbers: ClosedRange<Int>, for outlet: SourceOutlet) -> EventBatch {
    var batch = outlet.makeBatch()
    for number in numbers { batch.append(SampleEvents.fields(number), intended: SampleEvents.time) }
    return batch
  }

  @Test func `tasks that emit at the same time keep the order of their calls`() {
    let outlet = destination.makeOutlet(batchSize: 2)
    destination.fill()
    script.start("a") { [self] _ in try await outlet.emit(batch(0...4, for: outlet)) }
    script.start("b") { _ in
      for number in 10...11 { try await outlet.emit(SampleEvents.fields(number)) }
    }
    script.start("c") { _ in
      try await outlet.reject(EventFields(sequenceID: "bad"), code: "x", reason: "y")
    }
    script.start("d") { _ in
      try await outlet.emit(SampleEvents.fields(20))
      try await outlet.flush()
    }
    script.start("e") { [self] _ in try await outlet.emit(batch(30...30, for: outlet)) }
    script.drain()
    #expect(destination.log == [])
    #expect(destination.waitingCount == 1)
    destination.makeRoom()
    script.drain()
    #expect(
      destination.log == [
        "main s-0 s-1", "main s-2 s-3", "main s-4", "main s-10 s-11", "rejected bad",
        "main s-20", "main s-30",
      ])
    #expect(script.log.count == 5)
  }

  @Test func `events that come while a batch waits for room leave behind it`() {
    let outlet = destination.makeOutlet(batchSize: 100)
    destination.fill()
    script.start("first") { _ in
      try await outlet.emit(SampleEvents.fields(0))
      try await outlet.flush()
    }
    script.drain()
    script.start("others") { _ in
      for number in 1...3 { try await outlet.emit(SampleEvents.fields(number)) }
      try await outlet.flush()
    }
    script.drain()
    #expect(destination.log == [])
    destination.makeRoom()
    script.drain()
    #expect(destination.log == ["main s-0", "main s-1 s-2 s-3"])
  }

  @Test func `a batch that isn't taken doesn't hold up those behind it`() {
    let outlet = destination.makeOutlet(batchSize: 2)
    destination.fail(with: PipelineError("no"))
    script.start("fails") { [self] _ in
      try await outlet.emit(SampleEvents.fields(0))
      try await outlet.emit(batch(1...5, for: outlet))
    }
    script.drain()
    destination.fail(with: nil)
    script.start("next") { _ in
      try await outlet.emit(SampleEvents.fields(6))
      await outlet.close()
    }
    script.drain()
    #expect(script.log == ["fails failed 0", "next 0"])
    #expect(destination.log == ["main s-6"])
  }

  @Test func `on the virtual clock a lone event leaves at once`() {
    let outlet = destination.makeOutlet(batchSize: 100, clock: script.clock)
    script.start("source") { [destination] _ in
      try await outlet.emit(SampleEvents.fields(0))
      #expect(destination.log == ["main s-0"])
      try await outlet.emit(SampleEvents.fields(1))
      #expect(destination.log == ["main s-0", "main s-1"])
    }
    script.drain()
    #expect(script.log == ["source 0"])
    #expect(script.isBalanced)
  }

  @Test func `on the virtual clock a batch of the source's own stays together`() {
    let outlet = destination.makeOutlet(batchSize: 3, clock: script.clock)
    script.start("source") { [self] _ in try await outlet.emit(batch(0...4, for: outlet)) }
    script.drain()
    #expect(destination.log == ["main s-0 s-1 s-2", "main s-3 s-4"])
  }

  @Test func `time passes while the pipeline is full`() {
    let outlet = destination.makeOutlet(batchSize: 1, clock: script.clock)
    destination.fill()
    for number in 0..<3 {
      script.start("source \(number)") { _ in try await outlet.emit(SampleEvents.fields(number)) }
    }
    script.start("sink") { [destination] clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      destination.makeRoom()
    }
    script.drain()
    #expect(script.log == ["sink 10", "source 0 10", "source 1 10", "source 2 10"])
    #expect(script.isBalanced)
  }
}
