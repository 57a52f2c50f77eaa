import HTTPDelivery
import HTTPTransport
import PatchbayCore
import Testing

/// The verdict of all attempts together.
struct ExchangeTests {
  private let silence = Exchange.Ending.noAnswer(HTTPError(kind: .dropped, message: "closed"))

  @Test func `what no attempt can have landed has failed`() {
    #expect(Exchange(ending: silence).kind == .failed)
    #expect(Exchange(ending: .unsent("no token")).kind == .failed)
  }

  @Test func `what may have landed without an answer is unknown`() {
    var exchange = Exchange(ending: silence)
    exchange.mayHaveLanded = true
    #expect(exchange.kind == .unknown)
    exchange.ending = .cancelled
    #expect(exchange.kind == .unknown)
  }

  @Test func `a redirect says where it points to`() async {
    let scenario = SenderScenario(
      Replies(.answer(302, ["Location": "https://other.test/\u{1B}[2Jevents"])))
    let exchange = await scenario.send(pauses: [])
    #expect(exchange.explanation().code == "http.302")
    #expect(
      exchange.explanation().reason
        == "HTTP 302 to https://other.test/U+001B[2Jevents, and redirects aren't followed")
  }

  @Test func `the statuses that the policy names are tried again, and no others`() async {
    let policy = RetryPolicy(
      attempts: 3, base: .seconds(1), jitter: false, statuses: [404, 503])
    let named = SenderScenario(
      Replies(.answer(404), .answer(503), .answer(200)), retry: policy)
    #expect(await named.send(pauses: [.seconds(1), .seconds(2)]).attempts == 3)
    for status in [429, 500, 502] {
      let other = SenderScenario(Replies(.answer(status), .answer(200)), retry: policy)
      let exchange = await other.send(pauses: [])
      #expect(exchange.attempts == 1 && exchange.status == status)
    }
  }
}
