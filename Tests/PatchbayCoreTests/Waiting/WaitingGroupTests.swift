import PatchbayCore
import Testing

/// Child tasks count as busy from the moment they are added until their result is taken, and who
/// waits for them doesn't.
struct WaitingGroupTests {
  private let script = ClockScript()

  @Test func `who awaits its child tasks lets time pass`() {
    script.start("parent") { [script] clock in
      await withTaskGroup(of: Int64.self) { group in
        for deadline in [20, 10] as [Int64] {
          group.addTask(on: clock) {
            try? await clock.sleep(until: Timestamp(nanoseconds: deadline))
            return deadline
          }
        }
        while let deadline = await group.next(on: clock) { script.note("took \(deadline) at") }
        let none = await group.next(on: clock)
        #expect(none == nil)
      }
    }
    script.drain()
    #expect(script.log == ["took 10 at 10", "took 20 at 20", "parent 20"])
    #expect(script.isBalanced)
  }

  @Test func `time stands until whoever awaited a child task has gone on`() {
    script.start("parent") { clock in
      await withTaskGroup(of: Void.self) { group in
        group.addTask(on: clock) { try? await clock.sleep(until: Timestamp(nanoseconds: 10)) }
        await group.waitForAll(on: clock)
      }
    }
    script.startSleeper("later", until: 100)
    script.drain()
    #expect(script.log == ["parent 10", "later 100"])
    #expect(script.isBalanced)
  }

  @Test func `time stands until a child task has begun`() {
    script.startSleeper("later", until: 100)
    script.start("parent") { clock in
      await withTaskGroup(of: Void.self) { group in
        group.addTask(on: clock) {
          for _ in 0..<5 { await Task.yield() }
          try? await clock.sleep(until: Timestamp(nanoseconds: 10))
        }
        await group.waitForAll(on: clock)
      }
    }
    script.drain()
    #expect(script.log == ["parent 10", "later 100"])
  }

  @Test func `a watcher takes no part until it ends`() {
    let (words, continuation) = AsyncStream.makeStream(of: Void.self)
    script.start("parent") { clock in
      await withTaskGroup(of: Void.self) { group in
        group.addWatcher(on: clock) { for await _ in words { return } }
        await group.waitForAll(on: clock)
      }
    }
    script.start("other") { clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      // A signal comes from outside of the run, at any time.
      continuation.yield()
      for _ in 0..<5 { await Task.yield() }
    }
    script.startSleeper("later", until: 100)
    script.drain()
    #expect(script.log == ["parent 10", "other 10", "later 100"])
    #expect(script.isBalanced)
  }

  @Test func `those that are left end without delay`() {
    let (words, continuation) = AsyncStream.makeStream(of: Void.self)
    script.start("parent") { clock in
      await withTaskGroup(of: Void.self) { group in
        group.addTask(on: clock) { try? await clock.sleep(until: Timestamp(nanoseconds: 50)) }
        group.addWatcher(on: clock) { for await _ in words {} }
        await group.cancelRest(on: clock)
      }
    }
    script.startSleeper("later", until: 100)
    script.drain()
    #expect(script.log == ["parent 0", "later 100"])
    #expect(script.isBalanced)
    continuation.finish()
  }

  @Test func `tasks whose results nobody takes are busy until their end`() {
    script.start("parent") { [script] clock in
      await withDiscardingTaskGroup { group in
        group.addTask(on: clock) {
          for _ in 0..<5 { await Task.yield() }
          script.note("child")
        }
      }
    }
    script.startSleeper("later", until: 10)
    script.drain()
    #expect(script.log == ["child 0", "parent 0", "later 10"])
    #expect(script.isBalanced)
  }

  @Test func `who works beside the run is counted while it does`() {
    script.clock.hold()
    script.startSleeper("sleeper", until: 10)
    script.start("worker") { [script] clock in
      // As a watchdog that nobody counts.
      clock.release()
      await clock.whileWorking {
        for _ in 0..<5 { await Task.yield() }
        script.note("works")
      }
      clock.hold()
    }
    script.drain()
    #expect(script.log == ["works 0", "worker 0"])
    script.clock.release()
    script.drain()
    #expect(script.log == ["works 0", "worker 0", "sleeper 10"])
    #expect(script.isBalanced)
  }
}
