import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import Testing

/// What is known of a request whose task is cancelled.
@Suite(.timeLimit(.minutes(1)))
struct CancelledExchangeTests {
  @Test func `a refusal stays one when the run ends before the next attempt`() async {
    let scenario = SenderScenario(Replies(.answer(503, ["Retry-After": "60"])))
    let exchange = await scenario.sendCancelled()
    #expect(exchange.kind == .failed)
    #expect(exchange.status == 503)
    #expect(exchange.attempts == 1)
    #expect(exchange.explanation().code == "http.503")
    #expect(exchange.explanation().reason == "HTTP 503; the run ended before the next attempt")
  }

  @Test func `a connection that was refused stays one`() async {
    let exchange = await SenderScenario(Replies(.refusedConnection)).sendCancelled()
    #expect(exchange.kind == .failed)
    #expect(exchange.attempts == 1)
    #expect(exchange.explanation().code == "http.no_answer")
    #expect(
      exchange.explanation().reason
        == "no answer: a.example:443: cannot connect; the run ended before the next attempt")
  }

  @Test func `what may have landed is unknown, also if it was refused afterwards`() async {
    let scenario = SenderScenario(Replies(.silence, .answer(429)))
    let exchange = await scenario.sendCancelled(after: [.seconds(2)])
    #expect(exchange.kind == .unknown)
    #expect(exchange.status == 429)
    #expect(exchange.attempts == 2)
    #expect(exchange.explanation().reason == "HTTP 429; the run ended before the next attempt")
  }

  @Test func `nothing is sent by a task that is cancelled before`() async {
    let scenario = SenderScenario(.agreeable)
    let exchange = await withTaskGroup(of: Exchange.self) { group in
      group.cancelAll()
      group.addTask { await scenario.sender.send(SenderScenario.request, key: 1) }
      return await group.next()
    }
    #expect(scenario.network.requests.isEmpty)
    #expect(exchange?.kind == .failed)
    #expect(exchange?.attempts == 0)
    #expect(exchange?.explanation().code == "cancelled")
    #expect(exchange?.explanation().reason == "the run ended before it was sent")
  }

  @Test(arguments: [false, true])
  func `an attempt under way is unknown if it may have reached the server`(mayHave: Bool) async {
    let error = HTTPError(kind: .cancelled, message: "cancelled", mayHaveReachedServer: mayHave)
    let exchange = await SenderScenario(Replies(.failure(error))).send(pauses: [])
    #expect(exchange.kind == (mayHave ? .unknown : .failed))
    #expect(exchange.attempts == (mayHave ? 1 : 0))
    #expect(exchange.explanation().code == "cancelled")
    #expect(
      exchange.explanation().reason
        == "the run ended before it was \(mayHave ? "answered" : "sent")")
    #expect((exchange.timings == .init()) == !mayHave)
  }
}
