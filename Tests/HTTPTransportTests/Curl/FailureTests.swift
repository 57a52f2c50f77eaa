import Glibc
import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FailureTests {
  /// The failure of a request to a server that reads it and then does something else.
  private func failure(
    timeout: Duration = .seconds(30), _ answer: @escaping @Sendable (EndpointConnection) -> Void
  ) async throws -> (error: HTTPError, authority: String) {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      answer(connection)
    }
    return try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let request = HTTPRequest(
          method: "POST", url: server.url + "/?secret", body: [1], timeout: timeout)
        let error = try await HTTPTransportTests.failure(of: client, request)
        #expect(server.requests.count == 1)
        return (error, server.authority)
      }
    }
  }

  @Test func `a refused connection can't have reached the server`() async throws {
    let socket = try TCPSocket.bound()
    defer { close(socket.descriptor) }
    try await withClient { client in
      let error = try await HTTPTransportTests.failure(
        of: client, HTTPRequest(url: "http://127.0.0.1:\(socket.port)/?secret"))
      #expect(error.kind == .connect)
      #expect(error.message == "127.0.0.1:\(socket.port): cannot connect: Connection refused")
      #expect(!error.mayHaveReachedServer)
      let timings = try #require(error.timings)
      #expect(timings == HTTPTimings(total: timings.total))
    }
  }

  @Test func `a host without address can't have reached the server`() async throws {
    // A label of more than 63 characters is in no name system, so nobody need be asked.
    let host = String(repeating: "a", count: 64) + ".example"
    try await withClient { client in
      let error = try await HTTPTransportTests.failure(
        of: client, HTTPRequest(url: "http://\(host)/?secret"))
      #expect(error.kind == .nameLookup)
      #expect(error.message == "\(host):80: cannot find the host's address")
      #expect(!error.mayHaveReachedServer)
      #expect(error.timings?.nameLookup == nil)
    }
  }

  @Test func `no TLS on the other side can't have reached the server`() async throws {
    let script: ScriptedEndpoint.Script = { $0.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let error = try await HTTPTransportTests.failure(
          of: client, HTTPRequest(url: "https://\(server.authority)/?secret"))
        #expect(error.kind == .tls)
        #expect(error.message.hasPrefix("\(server.authority): cannot establish TLS: "))
        #expect(!error.message.contains("secret"))
        #expect(!error.mayHaveReachedServer)
        #expect(error.timings?.tls == nil)
      }
    }
  }

  @Test func `a TLS handshake without end times out while connecting`() async throws {
    let script: ScriptedEndpoint.Script = { $0.waitForClose() }
    try await ScriptedEndpoint.run(script) { server in
      let url = "https://\(server.authority)/"
      try await withClient(HTTPClientConfiguration(connectTimeout: .milliseconds(50))) { client in
        let error = try await HTTPTransportTests.failure(of: client, HTTPRequest(url: url))
        #expect(error.kind == .timeout)
        #expect(error.message == "\(server.authority): timed out while connecting")
        #expect(!error.mayHaveReachedServer)
      }
      try await withClient { client in
        let error = try await HTTPTransportTests.failure(
          of: client, HTTPRequest(url: url, timeout: .milliseconds(50)))
        #expect(error.kind == .timeout)
        #expect(error.message == "\(server.authority): timed out after 0.05 s while connecting")
        #expect(!error.mayHaveReachedServer)
      }
    }
  }

  @Test func `a server that never answers times out and may have acted`() async throws {
    let (error, authority) = try await failure(timeout: .milliseconds(500)) { $0.waitForClose() }
    #expect(error.kind == .timeout)
    #expect(
      error.message == "\(authority): timed out after 0.5 s while waiting for the response")
    #expect(error.mayHaveReachedServer)
    let timings = try #require(error.timings)
    #expect(timings.total >= .milliseconds(500))
    #expect(timings.send != nil)
    #expect(timings.wait == nil)
    #expect(timings.receive == nil)
  }

  @Test func `a server that stops in the middle times out`() async throws {
    let (error, authority) = try await failure(timeout: .milliseconds(1500)) {
      $0.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
      $0.waitForClose()
    }
    #expect(error.kind == .timeout)
    #expect(
      error.message == "\(authority): timed out after 1.5 s while receiving the response")
    #expect(error.mayHaveReachedServer)
    #expect(error.timings?.wait != nil)
  }

  @Test func `a request that waits for a connection times out and leaves the line`() async throws {
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
        let error = try await HTTPTransportTests.failure(
          of: client, HTTPRequest(url: server.url + "/2", timeout: .milliseconds(50)))
        #expect(error.kind == .timeout)
        #expect(
          error.message
            == "\(server.authority): timed out after 0.05 s while waiting for a free connection")
        #expect(!error.mayHaveReachedServer)
        gate.open()
        gate.open()
        let third = try await client.send(HTTPRequest(url: server.url + "/3"))
        #expect(try await [first.status, third.status] == [200, 200])
      }
      #expect(server.requests.map(\.line) == ["GET /1 HTTP/1.1", "GET /3 HTTP/1.1"])
    }
  }

  @Test func `a server that closes without an answer may have acted`() async throws {
    let (error, authority) = try await failure { _ in }
    #expect(error.kind == .dropped)
    #expect(
      error.message == "\(authority): the server closed the connection before the response began")
    #expect(error.mayHaveReachedServer)
  }

  @Test func `a server that resets the connection may have acted`() async throws {
    let (error, authority) = try await failure { $0.resetOnClose() }
    #expect(error.kind == .dropped)
    #expect(
      error.message
        == "\(authority): the connection broke before the response began: "
        + "Recv failure: Connection reset by peer")
    #expect(error.mayHaveReachedServer)
  }

  @Test(arguments: ["Content-Length: 10", "Transfer-Encoding: chunked"])
  func `a server that closes in the middle of the body is not believed`(
    _ framing: String
  ) async throws {
    let (error, authority) = try await failure {
      $0.send("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n4\r\nabcd\r\n")
    }
    #expect(error.kind == .dropped)
    #expect(
      error.message
        == "\(authority): the server closed the connection before the response was complete")
    #expect(error.mayHaveReachedServer)
  }

  @Test func `a server that closes in the middle of the head is not believed`() async throws {
    let (error, authority) = try await failure { $0.send("HTTP/1.1 200 OK\r\nX-One: 1\r\n") }
    #expect(error.kind == .dropped)
    #expect(
      error.message == "\(authority): the server closed the connection before the response began")
    #expect(error.mayHaveReachedServer)
  }
}
