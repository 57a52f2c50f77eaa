import PatchbayCore
import Testing

/// A wait with a deadline ends when somebody ends it or the time has come, whichever is first.
struct ParkDeadlineTests {
  private let script = ClockScript()
  private let place = ParkingPlace()

  private func startParked(_ name: String, until deadline: Int64) {
    script.start(name) { [place] clock in
      await clock.park(until: Timestamp(nanoseconds: deadline), place.enter)
    }
  }

  @Test func `nobody resumes it before its time`() {
    startParked("parked", until: 10)
    script.startSleeper("later", until: 20)
    script.drain()
    #expect(script.log == ["parked 10", "later 20"])
    #expect(place.resumeAll() == [false])
    #expect(script.isBalanced)
  }

  @Test func `who is resumed before its time leaves no timer behind`() {
    startParked("parked", until: 100)
    script.start("other") { [place] clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      place.resumeAll()
    }
    script.drain()
    #expect(script.log == ["other 10", "parked 10"])
    #expect(script.clock.now == Timestamp(nanoseconds: 10))
    #expect(script.isBalanced)
  }

  @Test func `a time that has passed is no wait`() {
    startParked("past", until: -5)
    startParked("present", until: 0)
    script.drain()
    #expect(Set(script.log) == ["past 0", "present 0"])
    #expect(script.isBalanced)
  }

  @Test func `who has nothing to wait for goes on at once`() {
    script.start("parked") { clock in
      await clock.park(until: Timestamp(nanoseconds: 10)) { _ in false }
    }
    script.drain()
    #expect(script.log == ["parked 0"])
    #expect(script.isBalanced)
  }

  @Test func `who is resumed at its very time goes on once`() {
    script.start("other") { [place] clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      place.resumeAll()
    }
    startParked("parked", until: 10)
    script.drain()
    #expect(script.log == ["other 10", "parked 10"])
    #expect(script.isBalanced)
  }

  @Test func `many deadlines come in their order`() {
    for deadline in [30, 10, 20] as [Int64] { startParked("\(deadline)", until: deadline) }
    script.drain()
    #expect(script.log == ["10 10", "20 20", "30 30"])
    #expect(script.isBalanced)
  }
}
