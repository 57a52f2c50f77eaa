import PatchbayCore
import Testing

struct VirtualClockTests {
  private let script = ClockScript()

  @Test func `sleepers wake in the order of their deadlines`() {
    for (name, deadline) in [("c", 30), ("a", 10), ("d", 40), ("b", 20)] as [(String, Int64)] {
      script.startSleeper(name, until: deadline)
    }
    script.drain()
    #expect(script.log == ["a 10", "b 20", "c 30", "d 40"])
    #expect(script.clock.now == Timestamp(nanoseconds: 40))
  }

  @Test func `of equal deadlines the earlier sleeper wakes first`() {
    for name in ["x", "a", "m"] { script.startSleeper(name, until: 10) }
    script.start("late") {
      try await $0.sleep(until: Timestamp(nanoseconds: 5))
      try await $0.sleep(until: Timestamp(nanoseconds: 10))
    }
    script.drain()
    #expect(script.log == ["x 10", "a 10", "m 10", "late 10"])
  }

  @Test func `one sleeper wakes at a time`() {
    for name in ["a", "b", "c"] {
      script.start("\(name) ends") { [script] clock in
        try await clock.sleep(until: Timestamp(nanoseconds: 10))
        script.note("\(name) wakes")
        for _ in 0..<5 { await Task.yield() }
      }
    }
    script.drain()
    #expect(
      script.log == [
        "a wakes 10", "a ends 10", "b wakes 10", "b ends 10", "c wakes 10", "c ends 10",
      ])
  }

  @Test func `time stands while somebody has something to do`() {
    script.clock.hold()
    script.startSleeper("a", until: 10)
    script.drain()
    #expect(script.log == [])
    #expect(script.clock.now == Timestamp(nanoseconds: 0))
    script.clock.release()
    script.drain()
    #expect(script.log == ["a 10"])
  }

  @Test func `every hold needs its release`() {
    script.clock.hold()
    script.clock.hold()
    script.startSleeper("a", until: 10)
    script.drain()
    script.clock.release()
    script.drain()
    #expect(script.log == [])
    script.clock.release()
    script.drain()
    #expect(script.log == ["a 10"])
  }

  @Test func `a deadline that has passed doesn't wait`() {
    script.startSleeper("past", until: -5)
    script.startSleeper("present", until: 0)
    script.startWatcher("watcher", until: 0)
    script.drain()
    #expect(script.log == ["past 0", "present 0", "watcher 0"])
    script.startSleeper("later", until: 7)
    script.drain()
    #expect(script.log.last == "later 7")
  }

  @Test func `a task may sleep again and again`() {
    script.start("a") { [script] clock in
      for deadline in [10, 20, 40] as [Int64] {
        try await clock.sleep(until: Timestamp(nanoseconds: deadline))
        script.note("step")
      }
    }
    script.startSleeper("b", until: 30)
    script.drain()
    #expect(script.log == ["step 10", "step 20", "b 30", "step 40", "a 40"])
  }

  @Test func `a duration counts from now`() {
    script.start("a") {
      try await $0.sleep(until: Timestamp(nanoseconds: 5))
      try await $0.sleep(for: .nanoseconds(10))
    }
    script.drain()
    #expect(script.log == ["a 15"])
  }

  @Test func `a watcher doesn't make time pass`() {
    let watcher = script.startWatcher("watcher", until: 10)
    script.drain()
    #expect(script.log == [])
    #expect(script.clock.now == Timestamp(nanoseconds: 0))
    watcher.cancel()
    script.drain()
    #expect(script.log == ["watcher cancelled 0"])
  }

  @Test func `a watcher wakes when a sleeper takes the time there`() {
    script.startWatcher("watcher", until: 10)
    let late = script.startWatcher("late", until: 31)
    script.startSleeper("sleeper", until: 30)
    script.drain()
    #expect(script.log == ["watcher 10", "sleeper 30"])
    late.cancel()
    script.drain()
    #expect(script.log == ["watcher 10", "sleeper 30", "late cancelled 30"])
  }

  @Test func `who waits for another task of the run releases the clock`() {
    let (stream, continuation) = AsyncStream<Int>.makeStream()
    script.start("consumer") { [script] clock in
      var items = stream.makeAsyncIterator()
      for _ in 0..<2 {
        clock.release()
        if let item = await items.next() { script.note("item \(item)") }
        try await clock.sleep(until: clock.now.advanced(byNanoseconds: 3))
        script.note("rested")
      }
    }
    script.start("producer") { clock in
      for item in 1...2 {
        try await clock.sleep(until: Timestamp(nanoseconds: Int64(10 * item)))
        clock.hold()
        continuation.yield(item)
      }
    }
    script.drain()
    #expect(
      script.log == [
        "item 1 10", "rested 13", "producer 20", "item 2 20", "rested 23", "consumer 23",
      ])
  }

  @Test func `a thousand sleepers wake in order`() {
    var random = KeyedRandom(seed: 5, purpose: "deadlines")
    var expected: [(deadline: Int64, name: Int)] = []
    for name in 0..<1_000 {
      let deadline = Int64(random.next() % 200) + 1
      expected.append((deadline, name))
      script.startSleeper("\(name)", until: deadline)
    }
    script.drain()
    #expect(script.log == expected.sorted { $0 < $1 }.map { "\($0.name) \($0.deadline)" })
  }
}
