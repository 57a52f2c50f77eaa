import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RefusedResponseTests {
  /// Why the client doesn't accept the answer to its only request.
  private func refusal(
    maximumResponseBytes: Int = 1 << 20, _ answer: @escaping @Sendable (EndpointConnection) -> Void
  ) async throws -> (error: HTTPError, authority: String) {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      answer(connection)
      connection.waitForClose()
    }
    return try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let error = try await failure(
          of: client,
          HTTPRequest(url: server.url, maximumResponseBytes: maximumResponseBytes))
        #expect(error.mayHaveReachedServer)
        return (error, server.authority)
      }
    }
  }

  @Test func `a body longer than the limit is refused before it is there`() async throws {
    let (error, authority) = try await refusal(maximumResponseBytes: 1000) {
      $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
      $0.send([UInt8](repeating: 0x61, count: 1001))
    }
    #expect(error.kind == .responseTooLarge)
    #expect(error.message == "\(authority): the response's body is longer than 1000 bytes")
  }

  @Test func `a body without end is refused at the limit`() async throws {
    let (error, authority) = try await refusal(maximumResponseBytes: 100_000) {
      $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      for _ in 0..<1000 { $0.send("400\r\n" + String(repeating: "a", count: 0x400) + "\r\n") }
    }
    #expect(error.kind == .responseTooLarge)
    #expect(error.message == "\(authority): the response's body is longer than 100000 bytes")
  }

  @Test(arguments: [
    "Content-Length: 100000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1000\r\n",
  ])
  func `a body longer than the limit can be left out instead`(framing: String) async throws {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 503 X\r\nRetry-After: 7\r\n\(framing)")
      connection.send([UInt8](repeating: 0x61, count: 0x1000))
      connection.waitForClose()
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let response = try await client.send(
          HTTPRequest(url: server.url, maximumResponseBytes: 1000, dropsOverlongBody: true))
        #expect(response.status == 503)
        #expect(response.headers.first("Retry-After") == "7")
        #expect(response.isBodyDropped)
        #expect(response.body == [])
      }
    }
  }

  @Test(arguments: [1000, 90_000, 200_000])
  func `headers longer than the limit are refused`(_ lineLength: Int) async throws {
    let (error, authority) = try await refusal { connection in
      connection.send("HTTP/1.1 200 OK\r\n")
      for index in 0..<300 where index * lineLength < 300_000 {
        connection.send("X-\(index): " + String(repeating: "a", count: lineLength) + "\r\n")
      }
      connection.send("\r\n")
    }
    #expect(error.kind == .responseTooLarge)
    #expect(error.message == "\(authority): the response's headers are longer than 262144 bytes")
  }

  @Test func `interim responses without end are refused`() async throws {
    let (error, authority) = try await refusal { connection in
      for _ in 0..<300 {
        connection.send(
          "HTTP/1.1 102 Processing\r\nX: \(String(repeating: "a", count: 1000))\r\n\r\n")
      }
    }
    #expect(error.kind == .responseTooLarge)
    #expect(error.message == "\(authority): the response's headers are longer than 262144 bytes")
  }

  @Test func `what is not HTTP is refused`() async throws {
    let (error, authority) = try await refusal { $0.send("SSH-2.0-OpenSSH_9.2\r\n") }
    #expect(error.kind == .protocolViolation)
    #expect(
      error.message
        == "\(authority): not a valid HTTP/1 response: Received HTTP/0.9 when not allowed")
  }

  @Test func `a switch of protocols is refused`() async throws {
    let (error, authority) = try await refusal {
      $0.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")
    }
    #expect(error.kind == .protocolViolation)
    #expect(
      error.message == "\(authority): not a valid HTTP/1 response: the server switched protocols")
  }

  @Test func `a header line without a colon is refused`() async throws {
    let (error, _) = try await refusal {
      $0.send("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n")
    }
    #expect(error.kind == .protocolViolation)
  }

  @Test func `a body that breaks its chunk framing is refused`() async throws {
    let (error, _) = try await refusal {
      $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
    }
    #expect(error.kind == .dropped)
  }
}
