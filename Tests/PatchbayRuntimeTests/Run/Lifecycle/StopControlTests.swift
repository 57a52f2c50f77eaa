import PatchbayCore
import PatchbayRuntime
import Testing

/// A stop comes in three steps, each stronger than the one before.
struct StopControlTests {
  private let control = StopControl()
  private let steps = Steps()

  @Test func `each interrupt asks for more`() {
    let all: [StopControl.Request] = [.drain, .cut, .abort]
    #expect(all.map(control.has) == [false, false, false])
    control.interrupt()
    #expect(all.map(control.has) == [true, false, false])
    control.interrupt()
    #expect(all.map(control.has) == [true, true, false])
    control.interrupt()
    #expect(all.map(control.has) == [true, true, true])
    control.interrupt()
    #expect(all.map(control.has) == [true, true, true])
  }

  @Test func `stopping again asks for no more`() {
    for _ in 0..<5 { control.stop() }
    #expect(control.has(.drain) && !control.has(.cut))
    control.request(.abort)
    control.stop()
    #expect(control.has(.abort))
  }

  @Test(arguments: [
    (["stop"], RunSummary.Ending.stopped), (["interrupt"], .interrupted), ([], .completed),
    (["deadline", "stop"], .deadline), (["stop", "deadline"], .stopped),
    (["deadline", "interrupt"], .interrupted), (["interrupt", "stop"], .interrupted),
    (["stop", "cut"], .stopped),
  ])
  func `the first reason is the reason, unless a signal comes`(
    calls: [String], ending: RunSummary.Ending
  ) {
    for call in calls {
      switch call {
      case "stop": control.stop()
      case "interrupt": control.interrupt()
      case "deadline": control.request(.drain, ending: .deadline)
      default: control.request(.cut)
      }
    }
    #expect(control.ending == ending)
  }

  @Test func `who waits is told of what is at least as strong`() {
    for (name, request) in [("drain", .drain), ("cut", .cut), ("abort", .abort)]
      as [(String, StopControl.Request)]
    {
      steps.start(name) { [control] _ in #expect(await control.wait(for: request)) }
    }
    steps.drain()
    #expect(steps.log == [])
    control.stop()
    steps.drain()
    #expect(steps.log == ["drain 0"])
    control.request(.abort)
    steps.drain()
    #expect(Set(steps.log) == ["drain 0", "cut 0", "abort 0"])
  }

  @Test func `who comes after the request doesn't wait`() {
    control.request(.cut)
    steps.start("late") { [control] _ in #expect(await control.wait(for: .drain)) }
    steps.drain()
    #expect(steps.log == ["late 0"])
  }

  @Test func `who is cancelled is told that nothing came`() {
    let task = steps.start("waiter") { [control] _ in #expect(await !control.wait(for: .drain)) }
    steps.drain()
    task.cancel()
    steps.drain()
    #expect(steps.log == ["waiter 0"])
  }

  @Test func `work ends with its result when nothing is asked for`() {
    steps.start("work") { [control] steps in
      let second = await control.cancelling(at: .cut, on: steps.clock) {
        try? await steps.sleep(untilSecond: 5)
        return steps.clock.now.nanoseconds
      }
      #expect(second == 5_000_000_000)
    }
    steps.start("later") { steps in try await steps.sleep(untilSecond: 100) }
    steps.drain()
    #expect(steps.log == ["work 5", "later 100"])
  }

  @Test func `work is cancelled by what is strong enough, and still gives its result`() {
    steps.start("work") { [control] steps in
      let wasCancelled = await control.cancelling(at: .cut, on: steps.clock) {
        (try? await steps.sleep(untilSecond: 50)) == nil
      }
      #expect(wasCancelled)
    }
    steps.start("stopper") { [control] steps in
      try await steps.sleep(untilSecond: 1)
      control.stop()
      try await steps.sleep(untilSecond: 2)
      control.request(.cut)
      // The request comes from within the run, so time stands until it has its effect.
      for _ in 0..<20 { await Task.yield() }
    }
    steps.drain()
    #expect(steps.log.sorted() == ["stopper 2", "work 2"])
  }

  @Test func `work that begins after the request begins cancelled`() {
    control.request(.abort)
    steps.start("work") { [control] steps in
      let wasCancelled = await control.cancelling(at: .drain, on: steps.clock) {
        for _ in 0..<20 { await Task.yield() }
        return Task.isCancelled
      }
      #expect(wasCancelled)
    }
    steps.drain()
    #expect(steps.log == ["work 0"])
  }
}
