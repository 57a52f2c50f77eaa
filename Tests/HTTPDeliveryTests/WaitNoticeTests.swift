import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Testing

/// Which waits are told in the log, and how.
@Suite(.timeLimit(.minutes(1)))
struct WaitNoticeTests {
  @Test func `a long wait is told with its cause and without the query`() async {
    let scenario = SenderScenario(Replies(.answer(429, ["Retry-After": "60"]), .answer(202)))
    _ = await scenario.send(pauses: [.seconds(60)])
    #expect(
      scenario.log.lines == [
        "warning: waiting 60 s: the server answered 429 and asked for it by Retry-After "
          + "(POST https://a.example/events)"
      ])
  }

  @Test func `one that was cut says what was asked for`() async {
    let scenario = SenderScenario(Replies(.answer(503, ["Retry-After": "3600"]), .answer(202)))
    _ = await scenario.send(pauses: [.seconds(300)])
    #expect(
      scenario.log.lines == [
        "warning: waiting 300 s: the server answered 503 and asked for 1h by Retry-After, which "
          + "is more than \"longest_wait\" (POST https://a.example/events)"
      ])
  }

  @Test func `a backoff is told by what it follows`() async {
    let retry = RetryPolicy(attempts: 2, base: .seconds(20), jitter: false)
    for (reply, cause) in [
      (Result.answer(500), "the server answered 500"),
      (.refusedConnection, "no answer: a.example:443: cannot connect"),
    ] {
      let scenario = SenderScenario(Replies(reply), retry: retry)
      _ = await scenario.send(pauses: [.seconds(20)])
      #expect(
        scenario.log.lines == ["warning: waiting 20 s: \(cause) (POST https://a.example/events)"])
    }
  }

  @Test func `a pause before a part is sent again is told, too`() async throws {
    let scenario = SenderScenario(
      Replies(.answer(202)), retry: RetryPolicy(attempts: 9, base: .seconds(3), jitter: false))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for tries in 1...3 {
          try await scenario.sender.pause(
            after: tries, of: SenderScenario.request, key: 1, because: "two of them were refused")
        }
      }
      for pause in [3, 6, 12] {
        await scenario.clock.sleepers(1)
        scenario.clock.advance(by: .seconds(pause))
      }
      try await group.waitForAll()
    }
    #expect(
      scenario.log.lines == [
        "warning: waiting 12 s: two of them were refused (POST https://a.example/events)"
      ])
  }

  @Test func `ten seconds are not told`() async {
    let scenario = SenderScenario(Replies(.answer(429, ["Retry-After": "10"]), .answer(202)))
    _ = await scenario.send(pauses: [.seconds(10)])
    #expect(scenario.log.lines == [])
  }

  @Test func `tasks that wait at the same time are told once, and again in the next period`()
    async
  {
    let scenario = SenderScenario(
      ScriptedNetworkReplies.limited.network, retry: RetryPolicy(attempts: 3, jitter: false))
    await withTaskGroup(of: Void.self) { group in
      for key in UInt64(0)..<64 {
        group.addTask { _ = await scenario.sender.send(SenderScenario.request, key: key) }
      }
      for _ in 0..<2 {
        await scenario.clock.sleepers(64)
        scenario.clock.advance(by: .seconds(60))
      }
    }
    #expect(scenario.network.requests.count == 192)
    #expect(scenario.log.lines.count == 2)
  }

  @Test(arguments: [
    (ScaledClock(factor: 60) as any PipelineClock, [String]()),
    (VirtualClock(start: Timestamp(nanoseconds: 0)), []),
  ])
  func `what nobody really waits for isn't told`(
    clock: any PipelineClock, lines: [String]
  ) async {
    let log = LogRecord()
    let network = Replies(.answer(429, ["Retry-After": "20"]), .answer(202)).network
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock, logger: log.logger),
      policy: RetryPolicy())
    await clock.whileWorking { _ = await sender.send(SenderScenario.request, key: 1) }
    #expect(network.requests.count == 2)
    #expect(log.lines == lines)
  }
}

private enum ScriptedNetworkReplies {
  static var limited: Replies { Replies(.answer(429, ["Retry-After": "60"])) }
}
