import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
  @Test func `requests under way and in line fail, and so do later ones`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.waitForClose() }
    ) {
      server in
      let client = HTTPClient(HTTPClientConfiguration(maximumConnectionsPerHost: 2))
      try await withThrowingTaskGroup(of: HTTPError.self) { group in
        for _ in 0..<5 {
          group.addTask { try await failure(of: client, HTTPRequest(url: server.url)) }
        }
        var arrived = 0
        for await case .request in server.events {
          arrived += 1
          if arrived == 2 { break }
        }
        await client.shutdown()
        let errors = try await group.reduce(into: []) { $0.append($1) }
        #expect(errors.map(\.kind) == Array(repeating: .closed, count: 5))
        #expect(errors.count { $0.mayHaveReachedServer } == 2)
        let message = "\(server.authority): the client was shut down"
        #expect(errors.allSatisfy { $0.message == message })
      }
      let error = try await failure(of: client, HTTPRequest(url: server.url))
      #expect(error.kind == .closed)
      #expect(error.message == "\(server.authority): the client was shut down")
      #expect(!error.mayHaveReachedServer)
      #expect(server.requests.count == 2)
    }
  }

  @Test func `shutting down again, or without a request before, is fine`() async throws {
    let client = HTTPClient()
    await client.shutdown()
    await client.shutdown()
    let error = try await failure(of: client, HTTPRequest(url: "http://127.0.0.1/"))
    #expect(error.kind == .closed)
  }

  @Test func `every caller of a shutdown waits for its end`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.answer() }
    ) { server in
      let client = HTTPClient()
      _ = try await client.send(HTTPRequest(url: server.url))
      await withTaskGroup { group in
        for _ in 0..<10 { group.addTask { await client.shutdown() } }
      }
      var events = server.events.makeAsyncIterator()
      guard case .request = await events.next(), case .closed = await events.next() else {
        Issue.record("the connection was not closed")
        return
      }
    }
  }

  @Test func `a client that is forgotten closes its connections`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.answer() }
    ) { server in
      do {
        let client = HTTPClient()
        _ = try await client.send(HTTPRequest(url: server.url))
      }
      var events = server.events.makeAsyncIterator()
      guard case .request = await events.next(), case .closed = await events.next() else {
        Issue.record("the connection was not closed")
        return
      }
    }
  }
}
