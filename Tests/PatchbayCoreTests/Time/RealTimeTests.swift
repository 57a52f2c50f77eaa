import PatchbayCore
import Testing

struct RealTimeTests {
  private static let clocks: [any PipelineClock] = [
    RealClock(), ScaledClock(factor: 1), ScaledClock(factor: 60), ScaledClock(factor: 1e-3),
  ]

  @Test func `a clock says how long its waits really take`() {
    let hour = Duration.seconds(3_600)
    #expect(RealClock().realDuration(of: hour) == hour)
    #expect(ScaledClock(factor: 60).realDuration(of: hour) == .seconds(60))
    #expect(ScaledClock(factor: 1e-18).realDuration(of: hour) == .nanoseconds(Int64.max))
    #expect(VirtualClock(start: Timestamp(nanoseconds: 0)).realDuration(of: hour) == .zero)
  }

  @Test func `a scaled clock starts at the present time`() {
    let before = RealClock().now
    // So slow that it stands still for as long as the test takes.
    let clock = ScaledClock(factor: 1e-18)
    let now = clock.now
    #expect((before...RealClock().now).contains(now))
    #expect(clock.now == now)
  }

  @Test(arguments: [1, 60, 0.5, 1_000])
  func `a scaled clock runs by its factor`(factor: Double) {
    let clock = ScaledClock(factor: factor)
    let outerStart = MonotonicInstant.now
    let start = clock.now
    let innerStart = MonotonicInstant.now
    var random = KeyedRandom(seed: 1, purpose: "work")
    for _ in 0..<10_000 { _ = random.next() }
    let inner = Double(innerStart.elapsedNanoseconds)
    let passed = Double(clock.now.nanosecondsSince(start))
    let outer = Double(outerStart.elapsedNanoseconds)
    #expect(inner > 0)
    #expect((inner * factor - 2...outer * factor + 2).contains(passed))
  }

  @Test func `a clock that runs too fast stops at the end of the range`() {
    let clock = ScaledClock(factor: 1e300)
    var random = KeyedRandom(seed: 1, purpose: "work")
    for _ in 0..<10_000 { _ = random.next() }
    #expect(clock.now == Timestamp(nanoseconds: .max))
  }

  @Test func `a fast clock sleeps for hours in no time`() async throws {
    let clock = ScaledClock(factor: 1e15)
    let deadline = clock.now.advanced(by: .seconds(36_000))
    try await clock.sleep(until: deadline)
    #expect(clock.now >= deadline)
    try await clock.watch(until: deadline)
  }

  @Test(arguments: clocks)
  func `a time that has passed doesn't wait`(clock: any PipelineClock) async throws {
    try await clock.sleep(until: Timestamp(nanoseconds: 0))
    try await clock.watch(until: Timestamp(nanoseconds: .min))
    try await clock.sleep(for: .zero)
  }

  @Test(arguments: clocks)
  func `whoever is cancelled doesn't wait`(clock: any PipelineClock) async {
    for isWatching in [false, true] {
      let task = Task {
        let end = Timestamp(nanoseconds: .max)
        if isWatching {
          try await clock.watch(until: end)
        } else {
          try await clock.sleep(until: end)
        }
      }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test(arguments: clocks)
  func `holding and releasing does nothing to real time`(clock: any PipelineClock) async throws {
    clock.release()
    clock.hold()
    clock.hold()
    try await clock.sleep(until: Timestamp(nanoseconds: 0))
  }

  @Test func `monotonic readings don't go back`() {
    let readings = (0..<1_000).map { _ in MonotonicInstant.now }
    #expect(readings == readings.sorted())
    #expect(readings[0].elapsedNanoseconds >= 0)
  }
}
