import PatchbayCore
import Testing

struct VirtualClockCancellationTests {
  private let script = ClockScript()

  @Test func `who is cancelled before sleeping doesn't sleep`() {
    script.startSleeper("a", until: 10).cancel()
    script.startWatcher("w", until: 10).cancel()
    script.startSleeper("b", until: 20)
    script.drain()
    #expect(script.log == ["a cancelled 0", "w cancelled 0", "b 20"])
  }

  @Test func `who is cancelled before sleeping fails even if the time has come`() {
    script.startSleeper("a", until: 0).cancel()
    script.drain()
    #expect(script.log == ["a cancelled 0"])
  }

  @Test func `who is cancelled while sleeping wakes at once`() {
    script.clock.hold()
    let a = script.startSleeper("a", until: 10)
    script.startSleeper("b", until: 20)
    script.drain()
    a.cancel()
    script.drain()
    #expect(script.log == ["a cancelled 0"])
    script.clock.release()
    script.drain()
    #expect(script.log == ["a cancelled 0", "b 20"])
  }

  @Test func `time stands until the cancelled one is done`() {
    script.clock.hold()
    let a = script.startSleeper("a", until: 10)
    script.startSleeper("b", until: 20)
    script.drain()
    a.cancel()
    script.clock.release()
    #expect(script.clock.now == Timestamp(nanoseconds: 0))
    script.drain()
    #expect(script.log == ["a cancelled 0", "b 20"])
  }

  @Test func `a cancelled watcher leaves the others alone`() {
    script.clock.hold()
    let watcher = script.startWatcher("w", until: 10)
    script.startWatcher("v", until: 15)
    script.startSleeper("b", until: 20)
    script.drain()
    watcher.cancel()
    script.drain()
    script.clock.release()
    script.drain()
    #expect(script.log == ["w cancelled 0", "v 15", "b 20"])
  }

  @Test func `cancelling who has been woken comes too late`() {
    script.clock.hold()
    let a = script.startSleeper("a", until: 10)
    script.startSleeper("b", until: 20)
    script.drain()
    script.clock.release()
    a.cancel()
    script.drain()
    #expect(script.log == ["a 10", "b 20"])
  }

  @Test func `a later sleeper wakes whoever was cancelled`() {
    var random = KeyedRandom(seed: 6, purpose: "cancellations")
    script.clock.hold()
    var cancelled = 0
    for name in 0..<500 {
      let task = script.startSleeper("\(name)", until: Int64(random.next() % 50) + 1)
      if random.unit() < 0.2 { script.drain() }
      if random.unit() < 0.5 {
        task.cancel()
        cancelled += 1
      }
    }
    script.startSleeper("last", until: 1_000)
    script.drain()
    #expect(script.log.count == cancelled)
    script.clock.release()
    script.drain()
    #expect(script.log.count == 501)
    #expect(script.log.last == "last 1000")
    #expect(script.log.filter { $0.contains("cancelled 0") }.count == cancelled)
  }
}
