import PatchbayCore
import Testing

/// Who waits for another task of the run lets virtual time pass, until it is resumed.
struct ParkTests {
  private let script = ClockScript()
  private let place = ParkingPlace()

  @Test func `time passes while everybody waits`() {
    script.start("parked") { [place] clock in await clock.park(place.enter) }
    script.start("other") { [place] clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      place.resumeAll()
    }
    script.drain()
    #expect(script.log == ["other 10", "parked 10"])
    #expect(script.isBalanced)
  }

  @Test func `who has nothing to wait for goes on at once`() {
    script.startSleeper("sleeper", until: 10)
    script.start("parked") { clock in await clock.park { _ in false } }
    script.drain()
    #expect(script.log == ["parked 0", "sleeper 10"])
    #expect(script.isBalanced)
  }

  @Test func `who was resumed is busy from that moment on`() {
    script.start("parked") { [place] clock in
      await clock.park(place.enter)
      for _ in 0..<5 { await Task.yield() }
    }
    script.startSleeper("later", until: 20)
    script.start("other") { [place] clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      place.resumeAll()
    }
    script.drain()
    #expect(script.log == ["other 10", "parked 10", "later 20"])
  }

  @Test func `who is resumed twice goes on once`() {
    script.start("parked") { [place] clock in
      await clock.park { task in place.enter(task) && place.enter(task) }
    }
    script.drain()
    #expect(place.resumeAll() == [true, false])
    script.drain()
    #expect(script.log == ["parked 0"])
    #expect(script.isBalanced)
  }

  @Test func `who may be resumed while it registers doesn't wait`() {
    script.start("parked") { clock in
      await clock.park { task in
        task.resume()
        return true
      }
    }
    script.drain()
    #expect(script.log == ["parked 0"])
    #expect(script.isBalanced)
  }

  @Test func `cancelling doesn't end the wait of who could leave others without an answer`() {
    let task = script.start("parked") { [place] clock in await clock.park(place.enter) }
    script.drain()
    task.cancel()
    script.drain()
    #expect(script.log == [])
    #expect(place.resumeAll() == [true])
    script.drain()
    #expect(script.log == ["parked 0"])
    #expect(script.isBalanced)
  }

  @Test func `all that are parked can be resumed at once`() {
    for name in ["a", "b", "c"] {
      script.start(name) { [place] clock in await clock.park(place.enter) }
    }
    script.drain()
    #expect(place.resumeAll() == [true, true, true])
    script.drain()
    #expect(script.log == ["a 0", "b 0", "c 0"])
    #expect(script.isBalanced)
  }
}
