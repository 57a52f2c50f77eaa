import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ResponseTests {
  /// What the client makes of the answer to its only request.
  private func response(
    to request: @Sendable (ScriptedEndpoint) -> HTTPRequest = { HTTPRequest(url: $0.url) },
    _ answer: String...
  ) async throws -> HTTPResponse {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      for piece in answer { connection.send(piece) }
      connection.waitForClose()
    }
    return try await ScriptedEndpoint.run(script) { server in
      try await withClient { try await $0.send(request(server)) }
    }
  }

  @Test func `status, headers and body are handed over`() async throws {
    let response = try await response(
      "HTTP/1.1 418 I'm a teapot\r\nX-One: 1\r\nSet-Cookie: a\r\nset-cookie:  b \r\nX-Empty:\r\n",
      "Content-Length: 3\r\n\r\nabc")
    #expect(response.status == 418)
    #expect(
      response.headers == [
        "X-One": "1", "Set-Cookie": "a", "set-cookie": "b", "X-Empty": "", "Content-Length": "3",
      ])
    #expect(response.text == "abc")
  }

  @Test func `chunks are joined and trailers left out`() async throws {
    let response = try await response(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n",
      "6\r\n world\r\n0\r\nX-Trailer: HTTP/1.1 500\r\n\r\n")
    #expect(response.status == 200)
    #expect(response.text == "hello world")
    #expect(response.headers == ["Transfer-Encoding": "chunked"])
  }

  @Test func `interim responses are skipped with their headers`() async throws {
    let response = try await response(
      "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
      "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok")
    #expect(response.status == 201)
    #expect(response.headers == ["Content-Length": "2"])
    #expect(response.text == "ok")
  }

  @Test func `a folded header line is unfolded`() async throws {
    let response = try await response(
      "HTTP/1.1 200 OK\r\nX-Long: one\r\n   two\r\n\tthree\r\nContent-Length: 0\r\n\r\n")
    #expect(response.headers.first("X-Long") == "one two three")
  }

  @Test func `bytes that are not text are replaced in headers only`() async throws {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: a".utf8) + [0xFF])
      connection.send(Array("\r\n\r\n".utf8) + [0x00, 0xFF])
      connection.waitForClose()
    }
    let response = try await ScriptedEndpoint.run(script) { server in
      try await withClient { try await $0.send(HTTPRequest(url: server.url)) }
    }
    #expect(response.headers.first("X") == "a\u{FFFD}")
    #expect(response.body == [0x00, 0xFF])
  }

  @Test func `a body may end with the connection`() async throws {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.0 200 OK\r\n\r\nuntil the end")
    }
    let response = try await ScriptedEndpoint.run(script) { server in
      try await withClient { try await $0.send(HTTPRequest(url: server.url)) }
    }
    #expect(response.text == "until the end")
  }

  @Test func `the answer to HEAD has no body, whatever its length says`() async throws {
    let response = try await response(
      to: { HTTPRequest(method: "HEAD", url: $0.url, maximumResponseBytes: 1) },
      "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    #expect(response.headers.first("content-length") == "5000")
    #expect(response.body == [])
  }

  @Test(arguments: [204, 304])
  func `a status without a body ends with its head`(_ status: Int) async throws {
    let response = try await response("HTTP/1.1 \(status) X\r\nX-One: 1\r\n\r\n")
    #expect(response.status == status)
    #expect(response.body == [])
  }

  @Test func `a redirect is an answer like any other`() async throws {
    let response = try await response(
      "HTTP/1.1 302 Found\r\nLocation: http://a.example/\r\nContent-Length: 0\r\n\r\n")
    #expect(response.status == 302)
    #expect(response.headers.first("Location") == "http://a.example/")
  }

  @Test func `a request for authentication is an answer like any other`() async throws {
    let response = try await response(
      "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")
    #expect(response.status == 401)
  }

  @Test func `a coded body is not decoded`() async throws {
    let response = try await response(
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip")
    #expect(response.text == "not gzip")
  }

  @Test func `a body of exactly the limit is accepted`() async throws {
    let response = try await response(
      to: { HTTPRequest(url: $0.url, maximumResponseBytes: 4) },
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd")
    #expect(response.text == "abcd")
  }
}
