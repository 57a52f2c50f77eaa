import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Synchronization
import Testing

/// A run keeps within its target's rate limit, whatever it knows of it.
@Suite(.timeLimit(.minutes(5)))
struct RateGovernorTests {
  private static func seconds(_ time: Timestamp) -> Double {
    time.since(LimitedScenario.start) / .seconds(1)
  }

  @Test(arguments: [1, 16, 256])
  func `six hundred requests meet no 429 where answers tell of the limit`(tasks: Int) async {
    let scenario = LimitedScenario(latency: { .milliseconds(1 + $0 % 7) })
    let waits = await scenario.run(.init(path: "a", count: 600, tasks: tasks))
    let entries = scenario.server.entries
    #expect(entries.count == 600)
    #expect(scenario.server.refusals.isEmpty)
    #expect(entries.filter { $0.window == 1 }.count == 300)
    #expect(Self.seconds(entries[599].time) <= 61.8)
    // The one that goes ahead of the second window waits, and those behind it.
    #expect(waits[0].held >= min(tasks, 300))
    #expect(waits[0].time >= .seconds(57) && waits[0].time <= .seconds(62))
    #expect(scenario.governor.limit == .init(count: 300, length: nil, origin: .answers))
  }

  @Test(arguments: [1, 16])
  func `where only 429 tells, it is met in one window and never again`(tasks: Int) async {
    let scenario = LimitedScenario(telling: .refusals, latency: { .milliseconds(1 + $0 % 7) })
    await scenario.run(.init(path: "a", count: 1_500, tasks: tasks))
    let refusals = scenario.server.refusals
    // Those that were under way together.
    #expect(!refusals.isEmpty && refusals.count <= tasks)
    #expect(Set(refusals.map(\.window)) == [1])
    let passed = scenario.server.entries.filter { $0.status == 200 }
    #expect(passed.count == 1_500)
    for window in 1...5 { #expect(passed.filter { $0.window == window }.count == 300) }
    let limit = scenario.governor.limit
    #expect(limit?.count == 300)
    #expect(limit?.origin == .refusals)
  }

  @Test func `a limit that isn't of a usual time is believed when it shows twice`() async {
    let scenario = LimitedScenario(
      50, in: .seconds(17), telling: .refusals, latency: { _ in .milliseconds(5) })
    await scenario.run(.init(path: "a", count: 1_000, tasks: 4))
    #expect(Set(scenario.server.refusals.map(\.window)).isSubset(of: [1, 2]))
    #expect(scenario.governor.limit?.count == 50)
  }

  /// Servers that are overloaded refuse by chance: nothing follows from when they do.
  @Test func `refusals by chance don't become a limit`() async {
    let clock = VirtualClock(start: LimitedScenario.start)
    let count = Mutex(0)
    let network = ScriptedNetwork { _ in
      try? await clock.sleep(for: .milliseconds(2))
      let number = count.withLock { count in
        count += 1
        return count
      }
      let chance = KeyedRandom.key(Array("\(number)".utf8)) % 50
      return chance == 0 ? .answer(429, ["Retry-After": "1"]) : .answer(200)
    }
    let governor = RateGovernor(clock: clock)
    let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(300))
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy(jitter: false),
      gate: gate)
    await clock.whileWorking {
      for key in 0..<3_000 { _ = await sender.send(SenderScenario.request, key: UInt64(key)) }
    }
    let refusals = network.requests.count - 3_000
    #expect(refusals > 30)
    // Each refusal costs its second, and nothing else waits.
    let time = clock.now.since(LimitedScenario.start)
    #expect(time < .seconds(refusals + 8))
  }

  @Test func `two injectors share a limit evenly`() async {
    let scenario = LimitedScenario(latency: { .milliseconds(1 + $0 % 5) })
    await scenario.run(
      .init(path: "a", count: 750, tasks: 16), .init(path: "b", count: 750, tasks: 16))
    #expect(scenario.server.refusals.isEmpty)
    for window in 1...5 {
      let entries = scenario.server.entries.filter { $0.window == window }
      let first = entries.filter { $0.path == "/a" }.count
      #expect(entries.count == 300)
      #expect((143...157).contains(first))
    }
  }

  /// It has sixty-four tasks and an endless supply, the other one sends one by one.
  @Test(arguments: 0..<10)
  func `a stage that would take all leaves the other its half`(seed: Int) async {
    let scenario = LimitedScenario(latency: { number in
      var random = KeyedRandom(seed: UInt64(seed), purpose: "latency", UInt64(number))
      return .milliseconds(1) + .milliseconds(20) * random.unit()
    })
    await scenario.run(
      .init(path: "greedy", count: .max, tasks: 64),
      .init(path: "modest", count: 600, tasks: 1, pause: .milliseconds(100)),
      limit: .seconds(239))
    #expect(scenario.server.refusals.isEmpty)
    for window in 1...4 {
      let entries = scenario.server.entries.filter { $0.window == window }
      let modest = entries.filter { $0.path == "/modest" }.count
      #expect((143...157).contains(modest), "\(modest) in window \(window)")
      #expect(entries.count >= 298)
    }
  }

  @Test func `what a stage leaves unused goes to the other until the window ends`() async {
    let scenario = LimitedScenario()
    await scenario.run(
      .init(path: "greedy", count: .max, tasks: 8), .init(path: "lazy", count: 3, tasks: 1),
      limit: .seconds(125))
    let entries = scenario.server.entries
    #expect(scenario.server.refusals.isEmpty)
    #expect(entries.filter { $0.window == 1 }.count >= 299)
    // Half of it at once, a quarter more by the middle.
    let early = entries.filter { $0.window == 1 && Self.seconds($0.time) < 30 }.count
    #expect((215...230).contains(early))
    // The lazy one isn't waited for any more once it has asked for nothing in a whole window.
    let late = entries.filter { $0.window == 3 }
    #expect(late.count == 300)
    #expect(late.allSatisfy { Self.seconds($0.time) < 121 && $0.path == "/greedy" })
  }

  @Test func `what others send by the same token is taken into account`() async {
    let scenario = LimitedScenario(foreign: 120, latency: { _ in .milliseconds(10) })
    await scenario.run(.init(path: "a", count: 400, tasks: 4))
    let entries = scenario.server.entries
    #expect(scenario.server.refusals.isEmpty)
    #expect(entries.filter { $0.window == 1 }.count == 180)
    #expect(entries.count == 400)
  }

  @Test func `a stated rate holds though answers allow more, and from the first request on`() async
  {
    let scenario = LimitedScenario(rate: .perMinute(100), latency: { _ in .milliseconds(3) })
    await scenario.run(.init(path: "a", count: 250, tasks: 8))
    let times = scenario.server.entries.map { Self.seconds($0.time) }
    #expect(times.filter { $0 < 59.9 }.count == 100)
    #expect(times.filter { $0 < 119.9 }.count == 200)
    #expect(times.count == 250)
  }

  /// Fewer requests a second than stages, and answers that take longer than a second.
  @Test(arguments: [1, 3])
  func `several stages go on by a stated rate, whatever is still under way`(perSecond: Int) async {
    let scenario = LimitedScenario(
      100_000, rate: .perSecond(perSecond), latency: { .milliseconds(200 + $0 % 5 * 700) })
    let waits = await scenario.run(
      .init(path: "a", count: 30, tasks: 5), .init(path: "b", count: 30, tasks: 5),
      .init(path: "c", count: 30, tasks: 5))
    let times = scenario.server.entries.map { Self.seconds($0.time) }
    #expect(times.count == 90)
    #expect((times.max() ?? 0) < 90 * 4 / Double(perSecond))
    #expect(waits.allSatisfy { $0.time < .seconds(299) })
    for start in times { #expect(times.count { $0 >= start && $0 < start + 1 } <= perSecond * 2) }
  }

  /// What a load balancer in between says isn't what the target does.
  @Test(arguments: [502, 401, 200])
  func `an answer without the fields doesn't open a window that is used up`(status: Int) async {
    let clock = VirtualClock(start: LimitedScenario.start)
    let times = Mutex<[Double]>([])
    let network = ScriptedNetwork { request in
      let number = times.withLock { times in
        times.append(clock.now.since(LimitedScenario.start) / .seconds(1))
        return times.count
      }
      if number == 2 {
        try? await clock.sleep(for: .seconds(5))
        return .answer(status)
      }
      return .answer(
        200,
        [
          "inin-ratelimit-count": "\((number - 1) % 3 + 1)", "inin-ratelimit-allowed": "3",
          "inin-ratelimit-reset": "40",
        ])
    }
    let governor = RateGovernor(clock: clock)
    let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(300))
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: .once, gate: gate)
    clock.hold()
    await withTaskGroup(of: Void.self) { group in
      for key in 0..<6 {
        group.addTask(on: clock) { _ = await sender.send(SenderScenario.request, key: UInt64(key)) }
      }
      await group.waitForAll(on: clock)
    }
    clock.release()
    // Three of the first window, the others when it is over.
    #expect(times.withLock { $0.sorted() } == [0, 0, 0, 40, 40, 40])
  }

  @Test func `a stated rate isn't begun anew by a refusal`() async {
    let clock = VirtualClock(start: LimitedScenario.start)
    let count = Mutex(0)
    let network = ScriptedNetwork { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number == 6 ? .answer(429, ["Retry-After": "1"]) : .answer(200)
    }
    let governor = RateGovernor(clock: clock, rate: .perMinute(10))
    let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(300))
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy(), gate: gate)
    await clock.whileWorking {
      for key in 0..<10 { _ = await sender.send(SenderScenario.request, key: UInt64(key)) }
      #expect(clock.now == LimitedScenario.start.advanced(by: .seconds(1)))
      _ = await sender.send(SenderScenario.request, key: 11)
    }
    #expect(clock.now == LimitedScenario.start.advanced(by: .seconds(60)))
  }

  @Test func `a target that is back is asked again, though all that was sent meanwhile timed out`()
    async
  {
    let clock = VirtualClock(start: LimitedScenario.start)
    let network = ScriptedNetwork { _ throws(HTTPError) in
      let now = clock.now.since(LimitedScenario.start)
      if now > .seconds(1), now < .seconds(100) {
        try? await clock.sleep(for: .seconds(10))
        throw HTTPError(kind: .timeout, message: "", mayHaveReachedServer: true)
      }
      return .answer(
        200,
        [
          "inin-ratelimit-count": "1", "inin-ratelimit-allowed": "10",
          "inin-ratelimit-reset": "1",
        ])
    }
    let governor = RateGovernor(clock: clock)
    let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(300))
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: .once, gate: gate)
    clock.hold()
    let accepted = await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask(on: clock) {
          var accepted = 0
          for key in 0..<20 {
            let exchange = await sender.send(
              SenderScenario.request, key: UInt64(task * 100 + key))
            if exchange.kind == .accepted { accepted += 1 }
            try? await clock.sleep(for: .seconds(1))
          }
          return accepted
        }
      }
      var sum = 0
      while let count = await group.next(on: clock) { sum += count }
      return sum
    }
    clock.release()
    #expect(accepted > 20)
    #expect(clock.now.since(LimitedScenario.start) < .seconds(280))
  }

  @Test func `a request waits no longer than its policy allows, and is sent then`() async {
    let clock = VirtualClock(start: LimitedScenario.start)
    let network = Replies(
      .answer(
        200,
        [
          "RateLimit-Limit": "1", "RateLimit-Remaining": "0", "RateLimit-Reset": "3600",
        ])
    ).network
    let governor = RateGovernor(clock: clock)
    let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(20))
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy(), gate: gate)
    await clock.whileWorking {
      for key in 0..<3 { _ = await sender.send(SenderScenario.request, key: UInt64(key)) }
    }
    #expect(network.requests.count == 3)
    #expect(clock.now == LimitedScenario.start.advanced(by: .seconds(40)))
    #expect(gate.waits.asked == 3)
    #expect(gate.waits.held == 2)
    #expect(gate.waits.time == .seconds(40))
  }

  @Test func `when one is refused, all wait for what Retry-After says`() async {
    let scenario = LimitedScenario(20, telling: .refusals, latency: { _ in .milliseconds(2) })
    await scenario.run(
      .init(path: "a", count: 15, tasks: 2), .init(path: "b", count: 15, tasks: 2))
    let entries = scenario.server.entries
    #expect((1...4).contains(scenario.server.refusals.count))
    #expect(entries.filter { $0.status == 200 }.count == 30)
    let times = entries.map { Self.seconds($0.time) }
    #expect(times.allSatisfy { $0 < 0.1 || $0 >= 60 })
  }

  @Test func `who waits for the limit is let go when cancelled`() async {
    let scenario = LimitedScenario(1)
    let gate = scenario.governor.gate(
      for: .forTests(clock: scenario.clock), longestWait: .seconds(300))
    let sender = RequestSender(
      client: scenario.server.network, context: .forTests(clock: scenario.clock),
      policy: RetryPolicy(), gate: gate)
    scenario.clock.hold()
    _ = await sender.send(SenderScenario.request, key: 0)
    let exchange = await withTaskGroup(of: Exchange.self) { group in
      // Nothing moves the time on: this task counts as busy.
      group.addTask(on: scenario.clock) { await sender.send(SenderScenario.request, key: 1) }
      group.cancelAll()
      return await group.next()
    }
    #expect(exchange?.explanation().reason == "the run ended before it was sent")
    #expect(scenario.server.entries.count == 1)
    // It has taken nothing: the next one finds the window as it was.
    #expect(scenario.clock.now == LimitedScenario.start)
    scenario.clock.release()
    scenario.clock.release()
  }

  /// Who goes ahead when a window ends may get no answer: the others don't wait for it for ever.
  @Test func `one that goes ahead and stays away holds the others back for a second`() async {
    let clock = VirtualClock(start: LimitedScenario.start)
    let times = Mutex<[Double]>([])
    let network = ScriptedNetwork { request in
      let now = clock.now
      let number = times.withLock { times in
        times.append(now.since(LimitedScenario.start) / .seconds(1))
        return times.count
      }
      if number == 1 { try? await clock.sleep(for: .seconds(30)) }
      return .answer(200)
    }
    let governor = RateGovernor(clock: clock)
    let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(300))
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy(), gate: gate)
    clock.hold()
    await withTaskGroup(of: Void.self) { group in
      for key in 0..<5 {
        group.addTask(on: clock) { _ = await sender.send(SenderScenario.request, key: UInt64(key)) }
      }
      await group.waitForAll(on: clock)
    }
    clock.release()
    #expect(times.withLock { $0 } == [0, 1, 1, 1, 1])
  }

  /// A token that was good when the wait began may be over when it ends.
  @Test func `the token is taken when the request's turn has come`() async {
    let scenario = LimitedScenario(1)
    let tokens = TokenCache(clock: scenario.clock) {
      (token: "until \(Int(Self.seconds(scenario.clock.now)) + 50)", life: .seconds(50))
    }
    let gate = scenario.governor.gate(
      for: .forTests(clock: scenario.clock), longestWait: .seconds(300))
    let network = scenario.server.network
    let sender = RequestSender(
      client: network, context: .forTests(clock: scenario.clock), policy: RetryPolicy(), gate: gate)
    await scenario.clock.whileWorking {
      for key in 0..<3 {
        _ = await sender.send(SenderScenario.request, key: UInt64(key), authorizedBy: tokens)
      }
    }
    #expect(
      network.requests.map { $0.headers.first("Authorization") } == [
        "Bearer until 50", "Bearer until 110", "Bearer until 170",
      ])
  }
}
