import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ContinueTests {
  private func request(_ server: ScriptedEndpoint) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: server.url, headers: ["Expect": "100-continue"],
      body: Array("text".utf8))
  }

  @Test func `a body waits for the server's consent if that is asked for`() async throws {
    let script: ScriptedEndpoint.Script = { connection in
      guard var request = connection.readHead() else { return }
      connection.send("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n")
      guard connection.readBody(&request) else { return }
      connection.answer(200, request.values("Expect").joined() + " " + request.text)
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let response = try await client.send(request(server))
        #expect(response.text == "100-continue text")
        #expect(response.headers == ["Content-Length": "17"])
        #expect(response.timings.send != nil)
        #expect(response.timings.wait != nil)
      }
    }
  }

  @Test func `a body is not sent if the server refuses it`() async throws {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readHead() != nil else { return }
      connection.answer(403, "no")
      connection.waitForClose()
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let response = try await client.send(request(server))
        #expect(response.status == 403)
        #expect(response.text == "no")
        #expect(response.timings.send == nil)
        #expect(response.timings.wait == nil)
      }
    }
  }

  @Test func `a server that doesn't know of consent is not asked again`() async throws {
    let script: ScriptedEndpoint.Script = { connection in
      while connection.readHead() != nil {
        connection.send("HTTP/1.1 417 X\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nwhat?")
      }
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let response = try await client.send(request(server))
        #expect(response.status == 417)
        #expect(response.headers.first("X-One") == "1")
        #expect(response.body == [])
      }
      #expect(server.connectionCount <= 2)
    }
  }

  @Test func `a server that consents unasked is understood`() async throws {
    let script = ScriptedEndpoint.answering { connection, request in
      connection.send("HTTP/1.1 100 Continue\r\n\r\n")
      connection.answer(200, request.text)
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let response = try await client.send(
          HTTPRequest(method: "POST", url: server.url, body: Array("text".utf8)))
        #expect(response.text == "text")
      }
    }
  }
}
