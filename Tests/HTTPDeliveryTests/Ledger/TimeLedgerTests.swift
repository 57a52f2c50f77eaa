import Foundation
import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Testing

/// Where the time goes is booked once, each nanosecond.
@Suite(.timeLimit(.minutes(2)))
struct TimeLedgerTests {
  private struct Gate: AttemptGate {
    let clock: any PipelineClock
    func admit(_ request: HTTPRequest) async throws -> Note {
      try await clock.sleep(for: .milliseconds(10))
      return { _ in }
    }
  }

  /// The answer with the times of its phases, which say less than the whole, and once too much.
  private static func answer(_ status: Int, _ number: Int) -> HTTPResponse {
    var response = HTTPResponse.answer(status, status == 429 ? ["Retry-After": "1"] : [:])
    response.timings = HTTPTimings(
      connect: number % 3 == 0 ? .nanoseconds(3) : nil, send: .nanoseconds(5),
      wait: .nanoseconds(number % 7), receive: number % 11 == 0 ? .seconds(1) : .nanoseconds(1),
      total: .zero)
    return response
  }

  @Test func `each wait is booked under its name, and all of them are the whole`() async {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let network = Replies(.answer(503), .answer(429, ["Retry-After": "3"]), .answer(202)).network
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy(jitter: false),
      gate: Gate(clock: clock))
    let tokens = TokenCache(clock: clock) {
      try await clock.sleep(for: .milliseconds(200))
      return ("t", .seconds(4))
    }
    let exchange = await clock.whileWorking {
      await sender.send(SenderScenario.request, key: 1, authorizedBy: tokens)
    }
    let timings = exchange.ledger.timings(since: Timestamp(nanoseconds: -7))
    #expect(timings.queue == 7)
    #expect(timings.rateLimit == 3_030_000_000)
    #expect(timings.backoff == 2_000_000_000)
    // The first token was over when the third attempt was due.
    #expect(timings.token == 400_000_000)
    #expect(timings.own == 0)
    #expect(timings.total == clock.now.nanoseconds + 7 + timings.wire)
    #expect(timings.sum == timings.total)
    #expect(exchange.ledger.attempts.map(\.status) == [503, 429, 202])
    #expect(exchange.ledger.attempts.reduce(0) { $0 + $1.total } == timings.wire)
    #expect(exchange.ledger.attempts.last?.total == timings.service)
  }

  @Test func `what was meant for later than it was sent has waited for nothing`() {
    var ledger = TimeLedger()
    ledger.book(Timestamp(nanoseconds: 100), as: \.own)
    ledger.book(AttemptTimes(total: 9), until: Timestamp(nanoseconds: 130))
    let timings = ledger.timings(since: Timestamp(nanoseconds: 500))
    #expect(timings.queue == 0)
    #expect(timings.total == 9)
    #expect(TimeLedger().timings(since: Timestamp(nanoseconds: 5)) == InjectionTimings())
  }

  @Test func `what lies between two requests for an event is the program's own`() {
    var ledger = TimeLedger()
    ledger.book(Timestamp(nanoseconds: 100), as: \.own)
    ledger.book(AttemptTimes(total: 9), until: Timestamp(nanoseconds: 130))
    var later = TimeLedger()
    later.book(Timestamp(nanoseconds: 150), as: \.own)
    later.book(Timestamp(nanoseconds: 160), as: \.backoff)
    later.book(AttemptTimes(total: 4), until: Timestamp(nanoseconds: 170))
    ledger.add(later)
    ledger.add(TimeLedger())
    let timings = ledger.timings(since: Timestamp(nanoseconds: 90))
    #expect(timings.queue == 10)
    #expect(timings.own == 20)
    #expect(timings.backoff == 10)
    #expect(timings.wire == 13)
    #expect(timings.service == 4)
    #expect(timings.total == 53)
    #expect(timings.sum == 53)
  }

  /// On the machine's own clock, with retries and waits; `PATCHBAY_LEDGER_EVENTS` says how many.
  @Test func `the parts of every event add up to its whole, to the nanosecond`() async {
    let count = Int(ProcessInfo.processInfo.environment["PATCHBAY_LEDGER_EVENTS"] ?? "") ?? 50_000
    let clock = RealClock()
    let network = ScriptedNetwork { request throws(HTTPError) in
      let number = request.body.count
      switch number % 50 {
      case 7: return Self.answer(503, number)
      case 13: throw HTTPError(kind: .connect, message: "refused")
      default: return Self.answer(202, number)
      }
    }
    let context = StageContext.forTests(clock: clock)
    let sender = RequestSender(
      client: network, context: context,
      policy: RetryPolicy(attempts: 3, base: .nanoseconds(100), jitter: true))
    let turns = Turns(count)
    let (events, wrong) = await withTaskGroup(of: (Int, Int).self) { group in
      for task in 0..<4 {
        group.addTask {
          var (events, wrong) = (0, 0)
          while turns.next() {
            events += 1
            let request = HTTPRequest(
              method: "POST", url: "https://a.example/\(events % 3)",
              body: Array(repeating: 0, count: events % 1_000))
            var batch = EventBatch(symbols: context.symbols)
            batch.append(
              EventFields(), intended: clock.now.advanced(byNanoseconds: Int64(events % 9 * -100)))
            let exchange = await sender.send(request, key: UInt64(task))
            let end = clock.now
            exchange.judge(0, of: &batch)
            let timings = batch.outcome(at: 0).timings
            let attempts = batch.attemptTimes(of: 0)
            let phases = attempts.allSatisfy { attempt in
              let sum = AttemptTimes.Phase.allCases.reduce(0) { $0 + (attempt[$1] ?? 0) }
              return sum + attempt.between == attempt.total
            }
            let isRight =
              phases && timings.sum == timings.total && timings.total > 0
              && timings.total <= end.nanosecondsSince(batch[0].intended)
              && attempts.reduce(0) { $0 + $1.total } == timings.wire
              && attempts.count == exchange.attempts
            if !isRight { wrong += 1 }
          }
          return (events, wrong)
        }
      }
      return await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    }
    #expect(events == count)
    #expect(wrong == 0)
  }
}
