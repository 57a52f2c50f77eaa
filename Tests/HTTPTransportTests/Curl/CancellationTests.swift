import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
  @Test func `a request under way is given up when its task is cancelled`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.waitForClose() }
    ) {
      server in
      try await withClient { client in
        let task = Task { try await failure(of: client, HTTPRequest(url: server.url)) }
        var events = server.events.makeAsyncIterator()
        guard case .request = await events.next() else {
          Issue.record("the request did not arrive")
          return
        }
        task.cancel()
        let error = try await task.value
        #expect(error.kind == .cancelled)
        #expect(error.message == "\(server.authority): the request was cancelled")
        #expect(error.mayHaveReachedServer)
        #expect(error.timings != nil)
        // Giving up closes the connection, which is what ends the script.
        guard case .closed(0) = await events.next() else {
          Issue.record("the connection was not closed")
          return
        }
      }
    }
  }

  @Test func `a task that is cancelled before sends nothing`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.answer() }
    ) { server in
      try await withClient { client in
        for _ in 0..<2 {
          let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await failure(of: client, HTTPRequest(url: server.url))
          }
          let error = try await task.value
          #expect(error.kind == .cancelled)
          #expect(error.message == "\(server.authority): the request was cancelled")
          #expect(!error.mayHaveReachedServer)
          // Once before the client has a thread, once when it has one.
          let response = try await client.send(HTTPRequest(url: server.url))
          #expect(response.status == 200)
        }
      }
      #expect(server.requests.count == 2)
    }
  }

  @Test func `a request that waits for a connection leaves the line`() async throws {
    let gate = try Gate()
    let script = ScriptedEndpoint.answering { connection, _ in
      gate.pass()
      connection.answer()
    }
    try await ScriptedEndpoint.run(script) { server in
      let configuration = HTTPClientConfiguration(maximumConnectionsPerHost: 1)
      try await withClient(configuration) { client in
        async let first = client.send(HTTPRequest(url: server.url + "/1"))
        for await case .request in server.events { break }
        let second = Task { try await failure(of: client, HTTPRequest(url: server.url + "/2")) }
        second.cancel()
        let error = try await second.value
        #expect(error.kind == .cancelled)
        #expect(!error.mayHaveReachedServer)
        async let third = client.send(HTTPRequest(url: server.url + "/3"))
        gate.open()
        gate.open()
        #expect(try await [first.status, third.status] == [200, 200])
      }
      #expect(server.requests.map(\.line) == ["GET /1 HTTP/1.1", "GET /3 HTTP/1.1"])
    }
  }

  @Test func `cancelling at any moment ends every request once`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.answer() }
    ) { server in
      try await withClient { client in
        let kinds = await withTaskGroup(of: HTTPError.Kind?.self) { group in
          for index in 0..<300 {
            group.addTask {
              let task = Task {
                do throws(HTTPError) {
                  _ = try await client.send(HTTPRequest(url: server.url))
                  return HTTPError.Kind?.none
                } catch {
                  return error.kind
                }
              }
              for _ in 0..<(index % 50) { await Task.yield() }
              task.cancel()
              return await task.value
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(kinds.count == 300)
        #expect(Set(kinds.compactMap { $0 }).isSubset(of: [.cancelled]))
        let response = try await client.send(HTTPRequest(url: server.url))
        #expect(response.status == 200)
      }
    }
  }
}
