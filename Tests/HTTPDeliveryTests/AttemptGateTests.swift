import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Synchronization
import Testing

/// Every attempt passes the gate, and is told to it.
@Suite(.timeLimit(.minutes(1)))
struct AttemptGateTests {
  /// Lets each attempt wait for a second, and keeps what happens.
  private final class SlowGate: AttemptGate {
    let notes = Mutex<[String]>([])
    let clock: any PipelineClock

    init(_ clock: any PipelineClock) { self.clock = clock }

    func admit(_ request: HTTPRequest) async throws -> Note {
      try await clock.sleep(for: .seconds(1))
      notes.withLock { $0.append("admitted \(request.method)") }
      return { result in
        let text =
          switch result {
          case .success(let response): "\(response.status)"
          case .failure(let error): error.kind.rawValue
          }
        self.notes.withLock { $0.append(text) }
      }
    }
  }

  private struct Closed: Error, CustomStringConvertible {
    var description: String { "the budget is used up" }
  }

  private struct ClosedGate: AttemptGate {
    func admit(_ request: HTTPRequest) async throws -> Note { throw Closed() }
  }

  @Test func `each attempt is admitted, made and noted`() async {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let gate = SlowGate(clock)
    let network = Replies(.refusedConnection, .answer(503), .answer(202)).network
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy(jitter: false),
      gate: gate)
    let exchange = await clock.whileWorking {
      await sender.send(SenderScenario.request, key: 1)
    }
    #expect(
      gate.notes.withLock { $0 } == [
        "admitted POST", "connect", "admitted POST", "503", "admitted POST", "202",
      ])
    #expect(exchange.kind == .accepted)
    #expect(exchange.timings.rateLimit == 3_000_000_000)
    #expect(exchange.timings.backoff == 6_000_000_000)
    #expect(exchange.firstAttempt == Timestamp(nanoseconds: 0))
  }

  @Test func `a gate that refuses ends the request as not sent`() async {
    let scenario = SenderScenario(.agreeable, gate: ClosedGate())
    let exchange = await scenario.send(pauses: [])
    #expect(scenario.network.requests.isEmpty)
    #expect(exchange.attempts == 0)
    #expect(exchange.explanation().code == "not_sent")
    #expect(exchange.explanation().reason == "the budget is used up")
  }

  @Test func `an attempt for which there is no token is noted, too`() async {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let gate = SlowGate(clock)
    let network = ScriptedNetwork.agreeable
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy(), gate: gate)
    let tokens = TokenCache(clock: clock) { throw Closed() }
    let exchange = await clock.whileWorking {
      await sender.send(SenderScenario.request, key: 1, authorizedBy: tokens)
    }
    #expect(network.requests.isEmpty)
    #expect(gate.notes.withLock { $0 } == ["admitted POST", "cancelled"])
    #expect(exchange.explanation().code == "not_sent")
  }

  @Test func `who waits at the gate is let go when cancelled`() async {
    let clock = ManualClock()
    let scenario = SenderScenario(.agreeable, gate: SlowGate(clock))
    let exchange = await withTaskGroup(of: Exchange.self) { group in
      group.addTask { await scenario.sender.send(SenderScenario.request, key: 1) }
      await clock.sleepers(1)
      group.cancelAll()
      return await group.next()
    }
    #expect(exchange?.explanation().reason == "the run ended before it was sent")
    #expect(exchange?.timings == .init())
  }
}
