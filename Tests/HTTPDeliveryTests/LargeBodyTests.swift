import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Testing

/// An answer counts by its status, however much it says.
@Suite(.timeLimit(.minutes(1)))
struct LargeBodyTests {
  private func send(
    _ answer: @escaping @Sendable (EndpointConnection, ReceivedRequest) -> Void
  ) async throws -> Exchange {
    try await ScriptedEndpoint.run(ScriptedEndpoint.answering(answer)) { endpoint in
      let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
      let client = HTTPClient()
      let sender = RequestSender(
        client: client, context: .forTests(clock: clock), policy: RetryPolicy())
      let exchange = await clock.whileWorking {
        await sender.send(HTTPRequest(method: "POST", url: endpoint.url), key: 1)
      }
      await client.shutdown()
      return exchange
    }
  }

  @Test func `a large body leaves an accepted request accepted`() async throws {
    let exchange = try await send { connection, _ in
      connection.answer(202, String(repeating: "x", count: 3 << 20))
    }
    #expect(exchange.kind == .accepted)
    #expect(exchange.attempts == 1)
    #expect(exchange.ending.response?.isBodyDropped == true)
    #expect(exchange.ending.response?.body == [])
  }

  @Test func `a request that is refused for now with a large body is tried again`() async throws {
    let exchange = try await send { connection, _ in
      if connection.index == 0 {
        connection.answer(503, String(repeating: "x", count: 3 << 20))
      } else {
        connection.answer(200, "ok")
      }
    }
    #expect(exchange.kind == .accepted)
    #expect(exchange.attempts == 2)
    #expect(exchange.ending.response?.body == Array("ok".utf8))
  }
}
