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
}
