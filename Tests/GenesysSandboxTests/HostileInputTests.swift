import GenesysCloud
import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct HostileInputTests {
  @Test(arguments: [
    "GET\r\n\r\n", "hello\r\n\r\n", "\0\0\0\0", "GET / HTTP/9.9\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET / HTTP/1.1\r\nbad header\r\n\r\n",
    "GET \u{0} HTTP/1.1\r\nConnection: close\r\n\r\n",
  ])
  func `what isn't HTTP gets 400 and the connection's end`(request: String) async throws {
    try await withSandbox { client in
      let bytes = try await exchange(Array(request.utf8), port: client.port)
      #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 400 "))
      #expect(try await client.state()["requests"] == [:])
    }
  }

  @Test(arguments: [
    "GET ? HTTP/1.1", "GET * HTTP/1.1", "OPTIONS * HTTP/1.1", "GET http:// HTTP/1.1",
    "CONNECT host:80 HTTP/1.1", "GET // HTTP/1.1", "GET /%00%ff HTTP/1.1", "BREW / HTTP/1.1",
  ])
  func `strange targets lead nowhere`(line: String) async throws {
    try await withSandbox { client in
      let bytes = try await exchange(
        Array("\(line)\r\nHost: x\r\nConnection: close\r\n\r\n".utf8), port: client.port)
      let status = try ReceivedAnswer(parsing: bytes).status
      #expect((400..<500).contains(status))
    }
  }

  @Test func `headers have a limit`() async throws {
    try await withSandbox { client in
      let long = "X: " + String(repeating: "x", count: 20_000) + "\r\n"
      let many = (0..<200).map { "X\($0): y\r\n" }.joined()
      let much = (0..<90).map { "X\($0): \(String(repeating: "y", count: 1000))\r\n" }.joined()
      for fields in [long, many, much] {
        let request = "GET /sandbox/state HTTP/1.1\r\n\(fields)\r\n"
        let bytes = try await exchange(Array(request.utf8), port: client.port)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 4"))
      }
    }
  }

  @Test func `deep nesting has a limit`() async throws {
    try await withSandbox { client in
      let depth = 100_000
      let answer = try await client.send(
        "POST", WorkspaceAPI.eventsPath,
        [
          "Authorization": "Bearer \(try await client.token())",
          "Content-Type": "application/json",
        ], body: Array(repeating: UInt8(ascii: "["), count: depth))
      #expect(answer.status == 400)
      #expect(
        answer.text
          == answer.expected(
            "bad.request",
            "The request could not be understood by the server due to malformed syntax: "
              + "1:33: arrays and objects are nested deeper than 32 levels."))
    }
  }

  @Test func `random bodies are refused`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let good = Array(JSONValue.array([event("a")]).text().utf8)
      for index in 0..<300 {
        var random = KeyedRandom(seed: 1, purpose: "hostile", UInt64(index))
        var body = good
        for _ in 0..<Int.random(in: 1...20, using: &random) {
          body[Int.random(in: 0..<body.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        let answer = try await client.send(
          "POST", WorkspaceAPI.eventsPath,
          ["Authorization": "Bearer \(token)", "Content-Type": "application/json"], body: body)
        #expect(answer.status == 400 || answer.status == 200)
        _ = try answer.json
      }
    }
  }

  @Test func `a client that gives up in mid-body harms nobody`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let request = SandboxClient.eventRequest([event("a")], token: token)
      for length in stride(from: 1, to: request.count, by: 37) {
        try await abandon(Array(request.prefix(length)), port: client.port)
      }
      #expect(try await client.post([event("b")], token: token).status == 202)
      let state = try await client.state("?events=true")
      #expect(state["events"] == ["b": ["deliveries": 1, "effects": 1]])
    }
  }

  @Test func `requests on one connection are answered in order`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      var first = String(
        decoding: SandboxClient.eventRequest([event("a")], token: token), as: UTF8.self)
      first.replace("Connection: close\r\n", with: "")
      let second = SandboxClient.request("GET", "/sandbox/state?events=true")
      let bytes = try await exchange(Array(first.utf8) + second, port: client.port)
      let one = try ReceivedAnswer(parsing: bytes)
      #expect(one.status == 202)
      let other = try ReceivedAnswer(parsing: one.rest)
      #expect(try other.json["events"] == ["a": ["deliveries": 1, "effects": 1]])
      #expect(other.rest == [])
    }
  }

  @Test func `a refused body doesn't spoil the connection`() async throws {
    try await withSandbox(["body_limit": "1kB"]) { client in
      let body = [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)
      var first = SandboxClient.request(
        "POST", "/qa/metrics", ["Content-Type": "application/json", "Connection": "keep-alive"],
        body: body)
      first += SandboxClient.request("GET", "/sandbox/state")
      let one = try ReceivedAnswer(parsing: try await exchange(first, port: client.port))
      #expect(one.status == 413)
      #expect(try ReceivedAnswer(parsing: one.rest).status == 200)
    }
  }
}
