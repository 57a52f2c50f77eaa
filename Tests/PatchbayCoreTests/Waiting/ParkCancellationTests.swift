import PatchbayCore
import Testing

/// A wait that can be cancelled ends once, whenever the cancellation comes, and the clock's account
/// of who is busy stays right.
struct ParkCancellationTests {
  private let script = ClockScript()
  private let place = ParkingPlace()

  private func startParked(_ name: String) -> Task<Void, Never> {
    script.start(name) { [place] clock in try await clock.parkUnlessCancelled(place.enter) }
  }

  @Test func `who isn't cancelled waits until it is resumed`() {
    _ = startParked("parked")
    script.startSleeper("sleeper", until: 10)
    script.drain()
    #expect(script.log == ["sleeper 10"])
    #expect(place.resumeAll() == [true])
    script.drain()
    #expect(script.log == ["sleeper 10", "parked 10"])
    #expect(script.isBalanced)
  }

  @Test func `who was cancelled before doesn't register`() {
    startParked("parked").cancel()
    script.drain()
    #expect(script.log == ["parked cancelled 0"])
    #expect(place.resumeAll() == [])
    #expect(script.isBalanced)
  }

  @Test(arguments: [true, false])
  func `who is cancelled while it registers goes on at once`(mustWait: Bool) {
    script.start("parked") { [place] clock in
      try await clock.parkUnlessCancelled { task in
        cancelCurrentTask()
        return place.enter(task) && mustWait
      }
    }
    script.drain()
    #expect(script.log == ["parked cancelled 0"])
    #expect(place.resumeAll() == [false])
    #expect(script.isBalanced)
  }

  @Test func `who is cancelled while it waits goes on, and can't be resumed any more`() {
    let task = startParked("parked")
    script.drain()
    task.cancel()
    script.drain()
    #expect(script.log == ["parked cancelled 0"])
    #expect(place.resumeAll() == [false])
    #expect(script.isBalanced)
  }

  @Test func `time stands until who was cancelled is done`() {
    script.clock.hold()
    let task = startParked("parked")
    script.startSleeper("sleeper", until: 10)
    script.drain()
    task.cancel()
    script.clock.release()
    #expect(script.clock.now == Timestamp(nanoseconds: 0))
    script.drain()
    #expect(script.log == ["parked cancelled 0", "sleeper 10"])
    #expect(script.isBalanced)
  }

  @Test func `who was resumed and then cancelled is told of the cancellation`() {
    let task = startParked("parked")
    script.drain()
    #expect(place.resumeAll() == [true])
    task.cancel()
    script.drain()
    #expect(script.log == ["parked cancelled 0"])
    #expect(script.isBalanced)
  }

  @Test func `resuming and cancelling in any order loses nobody`() {
    var random = KeyedRandom(seed: 3, purpose: "parking")
    for number in 0..<500 {
      let task = startParked("\(number)")
      if random.unit() < 0.5 { script.drain() }
      if random.unit() < 0.5 { task.cancel() }
      if random.unit() < 0.5 { place.resumeAll() }
      if random.unit() < 0.5 { task.cancel() }
    }
    script.drain()
    place.resumeAll()
    script.drain()
    #expect(script.log.count == 500)
    #expect(script.isBalanced)
  }
}
