import HTTPDelivery
import HTTPTransport
import PatchbayCore
import Testing

/// How much of what a server asks for by `Retry-After` is waited for.
@Suite(.timeLimit(.minutes(1)))
struct LongestWaitTests {
  @Test func `a wait within the bound is waited for`() async {
    let scenario = SenderScenario(Replies(.answer(429, ["Retry-After": "300"]), .answer(202)))
    let exchange = await scenario.send(pauses: [.seconds(300)])
    #expect(exchange.kind == .accepted)
    #expect(exchange.timings.rateLimit == 300_000_000_000)
  }

  @Test func `a longer one is cut to the bound, and the request is tried again`() async {
    let scenario = SenderScenario(Replies(.answer(429, ["Retry-After": "86400"]), .answer(202)))
    let exchange = await scenario.send(pauses: [.seconds(300)])
    #expect(exchange.kind == .accepted)
    #expect(exchange.attempts == 2)
  }

  @Test func `what is still refused then says what was asked for and which option allows more`()
    async
  {
    let scenario = SenderScenario(
      Replies(.answer(503, ["Retry-After": "3600"])),
      retry: RetryPolicy(attempts: 2, longestWait: .seconds(60)))
    let exchange = await scenario.send(pauses: [.seconds(60)])
    #expect(exchange.kind == .failed)
    #expect(exchange.status == 503)
    let (code, reason) = exchange.explanation()
    #expect(code == "http.503")
    #expect(reason == "HTTP 503; Retry-After asked for 1h, of which \"longest_wait\" allows 1m")
    #expect(
      exchange.explanation(quoting: "try later").reason
        == "HTTP 503: try later; Retry-After asked for 1h, of which \"longest_wait\" allows 1m")
  }

  @Test(arguments: ["Fri, 31 Dec 9999 23:59:59 GMT", "99999999999999999999", "31536000000"])
  func `no server makes a run wait for years`(text: String) async {
    let scenario = SenderScenario(Replies(.answer(503, ["Retry-After": text]), .answer(200)))
    let exchange = await scenario.send(pauses: [.seconds(300)])
    #expect(exchange.kind == .accepted)
    #expect(exchange.timings.backoff == 300_000_000_000)
  }
}
