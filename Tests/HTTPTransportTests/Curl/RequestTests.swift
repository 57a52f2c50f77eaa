import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
  /// What the server receives when the client sends the request.
  private func received(
    _ configuration: HTTPClientConfiguration = HTTPClientConfiguration(),
    _ request: (ScriptedEndpoint) -> HTTPRequest
  ) async throws -> ReceivedRequest {
    let script = ScriptedEndpoint.answering { connection, _ in connection.answer() }
    return try await ScriptedEndpoint.run(script) { server in
      try await withClient(configuration) { client in
        let response = try await client.send(request(server))
        #expect(response.status == 200)
      }
      #expect(server.requests.count == 1)
      return try #require(server.requests.first)
    }
  }

  @Test func `a GET has no body and no header that nobody asked for`() async throws {
    var port = 0
    let request = try await received { server in
      port = server.port
      return HTTPRequest(url: server.url + "/a/../b?c=d")
    }
    #expect(
      request.lines == [
        "GET /a/../b?c=d HTTP/1.1", "Host: 127.0.0.1:\(port)", "Accept: */*",
        "User-Agent: patchbay",
      ])
  }

  @Test func `a POST carries its bytes and their exact number`() async throws {
    let body = (0..<3000).map { UInt8(truncatingIfNeeded: $0) }
    var port = 0
    let request = try await received { server in
      port = server.port
      return HTTPRequest(
        method: "POST", url: server.url, headers: ["Content-Type": "application/x"], body: body)
    }
    #expect(
      request.lines == [
        "POST / HTTP/1.1", "Host: 127.0.0.1:\(port)", "Accept: */*",
        "Content-Type: application/x", "User-Agent: patchbay", "Content-Length: 3000",
      ])
    #expect(request.body == body)
  }

  @Test func `a body has no type unless it is given`() async throws {
    let request = try await received {
      HTTPRequest(method: "POST", url: $0.url, body: Array("a=b".utf8))
    }
    #expect(request.values("Content-Type") == [])
  }

  @Test(arguments: ["POST", "PUT", "PATCH"])
  func `an empty body is announced`(_ method: String) async throws {
    let request = try await received { HTTPRequest(method: method, url: $0.url) }
    #expect(request.line == "\(method) / HTTP/1.1")
    #expect(request.values("Content-Length") == ["0"])
  }

  @Test(arguments: ["GET", "HEAD", "DELETE", "OPTIONS", "PURGE"])
  func `a method without a body announces none`(_ method: String) async throws {
    let request = try await received { HTTPRequest(method: method, url: $0.url) }
    #expect(request.line == "\(method) / HTTP/1.1")
    #expect(request.values("Content-Length") == [])
  }

  @Test(arguments: ["GET", "PUT", "DELETE", "PURGE", "post"])
  func `any other method can have a body`(_ method: String) async throws {
    let request = try await received {
      HTTPRequest(method: method, url: $0.url, body: Array("text".utf8))
    }
    #expect(request.line == "\(method) / HTTP/1.1")
    #expect(request.text == "text")
  }

  @Test func `a body of megabytes arrives without asking for consent`() async throws {
    let body = [UInt8](repeating: 0x61, count: 3 << 20)
    let request = try await received { HTTPRequest(method: "POST", url: $0.url, body: body) }
    #expect(request.body == body)
    #expect(request.values("Expect") == [])
  }

  @Test func `headers are sent as given, in order, also twice or empty`() async throws {
    let request = try await received {
      HTTPRequest(
        url: $0.url, headers: ["X-b": " two ", "x-A": "1", "X-b": "\u{FC}\tx", "X-Empty": ""])
    }
    #expect(
      request.lines.filter { $0.lowercased().hasPrefix("x-") } == [
        "X-b: two", "x-A: 1", "X-b: \u{FC}\tx", "X-Empty:",
      ])
  }

  @Test func `headers of the request take the place of the client's`() async throws {
    let request = try await received {
      HTTPRequest(
        url: $0.url,
        headers: ["host": "other.example", "USER-AGENT": "mine", "Accept": "text/plain"])
    }
    #expect(request.values("Host") == ["other.example"])
    #expect(request.values("User-Agent") == ["mine"])
    #expect(request.values("Accept") == ["text/plain"])
  }

  @Test func `an empty user agent is not sent`() async throws {
    let request = try await received(HTTPClientConfiguration(userAgent: "")) {
      HTTPRequest(url: $0.url)
    }
    #expect(request.values("User-Agent") == [])
  }
}
