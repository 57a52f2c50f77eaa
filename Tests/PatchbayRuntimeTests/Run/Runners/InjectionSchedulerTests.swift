import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Workers get calls as soon as there are any, one waits for company if it may, and nobody is left
/// waiting at the end.
struct InjectionSchedulerTests {
  private let emission = Emission()
  private let steps = Steps()

  private func scheduler(
    calls: Int = 2, events: Int = 1, linger: Duration = .zero
  ) -> InjectionScheduler {
    InjectionScheduler(
      capacity: InjectorCapacity(calls: calls, eventsPerCall: events, linger: linger),
      clock: steps.clock)
  }

  /// Starts workers whose calls take a time each, and a task that takes out what they bring.
  private func startWorkers(_ count: Int, _ scheduler: InjectionScheduler, seconds: Int64 = 1) {
    for worker in 1...count {
      steps.start("worker \(worker)") { steps in
        while let call = await scheduler.next() {
          steps.note("\(call.batch.numbers)")
          try await steps.clock.sleep(for: .seconds(seconds))
          #expect(scheduler.finish(call, call.batch).isEmpty)
        }
      }
    }
    steps.start("sender") { _ in while await scheduler.nextJudged() != nil {} }
  }

  /// Starts a task that adds events of agents in turn, one a second, and closes.
  private func startFeeder(
    _ scheduler: InjectionScheduler, _ batches: [TrackedBatch], every seconds: Int64 = 0
  ) {
    steps.start("feeder") { steps in
      for (number, batch) in batches.enumerated() {
        if number > 0 { try await steps.clock.sleep(for: .seconds(seconds)) }
        if await !scheduler.add(batch) { steps.note("refused") }
      }
      scheduler.close()
    }
  }

  private func singles(_ count: Int) async throws -> [TrackedBatch] {
    var singles: [TrackedBatch] = []
    for number in 0..<count {
      singles.append(try await emission.emit([.sample(number, agent: number)]))
    }
    return singles
  }

  @Test func `what shares an agent goes one after the other, the rest beside it`() async throws {
    let scheduler = scheduler(calls: 3)
    startWorkers(3, scheduler)
    startFeeder(
      scheduler, [try await emission.emit((0..<6).map { .sample($0, agent: $0 < 3 ? 0 : $0) })])
    steps.drain()
    #expect(
      steps.log.filter { $0.hasPrefix("[") }.sorted() == [
        "[0] 0", "[1] 1", "[2] 2", "[3] 0", "[4] 0", "[5] 1",
      ])
    #expect(steps.log.count == 6 + 5)
  }

  @Test func `a call waits for company, no longer than it may`() async throws {
    let scheduler = scheduler(calls: 3, events: 10, linger: .milliseconds(2_500))
    startWorkers(3, scheduler)
    startFeeder(scheduler, try await singles(7), every: 1)
    steps.drain()
    // What is there when no more can come doesn't wait.
    #expect(
      steps.log.filter { $0.hasPrefix("[") } == ["[0, 1, 2] 2", "[3, 4, 5] 5", "[6] 6"])
  }

  @Test func `a full call doesn't wait, and neither does the rest once no more come`()
    async throws
  {
    let scheduler = scheduler(calls: 2, events: 3, linger: .seconds(3_600))
    startWorkers(2, scheduler)
    startFeeder(scheduler, try await singles(7))
    steps.drain()
    #expect(
      steps.log.filter { $0.hasPrefix("[") }.sorted() == ["[0, 1, 2] 0", "[3, 4, 5] 0", "[6] 1"])
  }

  @Test func `a feeder waits while enough events are inside, and goes on when a call has ended`()
    async throws
  {
    let scheduler = scheduler(calls: 1, events: 1)
    let first = try await emission.emit((0..<512).map { .sample($0, agent: $0) })
    startFeeder(scheduler, [first, try await emission.emit(512..<513)])
    steps.drain()
    #expect(steps.log == [])
    startWorkers(1, scheduler)
    steps.drain()
    #expect(steps.log.contains("feeder 1"))
    #expect(steps.log.suffix(3) == ["[512] 512", "worker 1 513", "sender 513"])
  }

  @Test func `a cut gives back what was never handed out, and frees workers and feeder`()
    async throws
  {
    let scheduler = scheduler(calls: 2, events: 1)
    let first = try await emission.emit((0..<512).map { .sample($0, agent: 0) })
    let last = try await emission.emit(512..<513)
    startFeeder(scheduler, [first, last])
    startWorkers(2, scheduler, seconds: 5)
    steps.start("cut") { steps in
      try await steps.sleep(untilSecond: 2)
      steps.note("\(scheduler.cut().flatMap(\.numbers).count) left")
    }
    steps.drain()
    #expect(
      steps.log == [
        "[0] 0", "511 left 2", "cut 2", "worker 2 2", "refused 2", "feeder 2", "worker 1 5",
        "sender 5",
      ])
    #expect(scheduler.cut().isEmpty)
    #expect(await !scheduler.add(last))
  }

  @Test func `a cut ends a wait for company`() async throws {
    let scheduler = scheduler(calls: 2, events: 9, linger: .seconds(60))
    startWorkers(2, scheduler)
    let batch = try await emission.emit(0..<1)
    steps.start("feeder") { _ in _ = await scheduler.add(batch) }
    steps.start("cut") { steps in
      try await steps.sleep(untilSecond: 2)
      steps.note("\(scheduler.cut().map(\.numbers))")
    }
    steps.drain()
    #expect(
      Set(steps.log) == ["feeder 0", "[[0]] 2", "cut 2", "worker 1 2", "worker 2 2", "sender 2"])
    #expect(steps.clock.now == Timestamp(nanoseconds: 2_000_000_000))
  }

  @Test func `what is judged while the sender is busy leaves together, in order`() async throws {
    let scheduler = scheduler(calls: 3)
    let batches = [
      try await emission.emit((0..<4).map { .sample($0, agent: $0) }),
      try await emission.emit((4..<6).map { .sample($0, agent: $0 - 4) }),
    ]
    for worker in 0..<3 {
      steps.start("worker") { steps in
        while let call = await scheduler.next() {
          try await steps.clock.sleep(for: .seconds(Int64(1 + worker)))
          #expect(scheduler.finish(call, call.batch).isEmpty)
        }
      }
    }
    steps.start("sender") { steps in
      while let batches = await scheduler.nextJudged() {
        steps.note("\(batches.map(\.numbers))")
        try await steps.clock.sleep(for: .seconds(10))
      }
    }
    startFeeder(scheduler, batches)
    steps.drain()
    #expect(steps.log.filter { $0.hasPrefix("[") } == ["[[0]] 1", "[[1, 2, 3], [4, 5]] 11"])
  }

  @Test func `lost and unsent events come back from the call, the rest goes on`() async throws {
    let scheduler = scheduler(calls: 1, events: 3)
    let batch = try await emission.emit((0..<6).map { .sample($0, agent: $0) })
    #expect(await scheduler.add(batch))
    scheduler.close()
    let first = try #require(await scheduler.next())
    #expect(scheduler.finish(first, nil).map(\.numbers) == [[0, 1, 2]])
    let second = try #require(await scheduler.next())
    #expect(scheduler.finish(second, second.batch, unsent: [1]).map(\.numbers) == [[4]])
    #expect(await scheduler.next()?.batch.count == nil)
    #expect(await scheduler.nextJudged()?.map(\.numbers) == [[3, 5]])
    #expect(await scheduler.nextJudged()?.count == nil)
  }
}
