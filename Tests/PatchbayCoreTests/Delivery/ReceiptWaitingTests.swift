import PatchbayCore
import Synchronization
import Testing

/// Who waits for a receipt lets virtual time pass, and can be stopped without harm to the events.
struct ReceiptWaitingTests {
  private let script = ClockScript()
  private let destination = RecordingDestination()

  @Test func `time passes while a source waits for its receipt`() {
    let outlet = destination.makeOutlet(batchSize: 100, clock: script.clock)
    script.start("source") { [script] _ in
      let receipt = try await outlet.emit(SampleEvents.fields(0))
      script.note("\(try await receipt.settlements())")
    }
    script.start("sink") { [destination] clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      for batch in destination.tracked { batch.settle(as: .failed) }
    }
    script.drain()
    #expect(
      script.log == ["sink 10", "[PatchbayCore.Settlement.failed] 10", "source 10"])
    #expect(script.isBalanced)
  }

  @Test func `a settled event is no wait`() {
    destination.settle(as: .delivered)
    let outlet = destination.makeOutlet(batchSize: 100, clock: script.clock)
    script.start("source") { _ in
      let receipt = try await outlet.emit(SampleEvents.fields(0))
      let settlements = try await receipt.settlements()
      #expect(settlements == [.delivered])
    }
    script.startSleeper("sleeper", until: 10)
    script.drain()
    #expect(script.log == ["source 0", "sleeper 10"])
    #expect(script.isBalanced)
  }

  @Test func `a source that is stopped while it waits can still be told`() {
    let outlet = destination.makeOutlet(batchSize: 100, clock: script.clock)
    let source = script.start("source") { [script] _ in
      let receipt = try await outlet.emit(SampleEvents.fields(0))
      receipt.whenSettled { script.note("\($0.count) settled") }
      _ = try await receipt.settlements()
    }
    script.drain()
    source.cancel()
    script.drain()
    #expect(script.log == ["source cancelled 0"])
    for batch in destination.tracked { batch.settle(as: .delivered) }
    script.drain()
    #expect(script.log == ["source cancelled 0", "1 settled 0"])
    #expect(destination.ledger.counts.line == "1 = 1 + 0 + 0 + 0")
    #expect(script.isBalanced)
  }

  @Test func `several tasks may wait for one receipt`() {
    let outlet = destination.makeOutlet(batchSize: 100, clock: script.clock)
    script.start("source") { clock in
      let receipt = try await outlet.emit(SampleEvents.fields(0))
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<3 {
          group.addTask(on: clock) {
            let settlements = try? await receipt.settlements()
            #expect(settlements == [.delivered])
          }
        }
        await group.waitForAll(on: clock)
      }
    }
    script.drain()
    #expect(script.log == [])
    for batch in destination.tracked { batch.settle(as: .delivered) }
    script.drain()
    #expect(script.log == ["source 0"])
    #expect(script.isBalanced)
  }
}
