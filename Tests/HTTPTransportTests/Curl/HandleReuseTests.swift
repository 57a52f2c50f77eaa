import HTTPTransport
import PatchbayTesting
import Testing

/// One connection carries requests of all kinds in a row, and none inherits anything of the one before.
@Suite(.timeLimit(.minutes(1)))
struct HandleReuseTests {
  private static let kinds: [(method: String, path: String, headers: HTTPHeaders, body: String)] = [
    ("POST", "/a", ["Content-Type": "application/json", "X-One": "1"], #"{"a":1}"#),
    ("POST", "/a", ["X-Two": "a longer value than the one before it had"], "shorter"),
    ("POST", "/a", [:], ""),
    ("GET", "/a", ["X-One": "2"], ""),
    ("PUT", "/b?c", [:], "put"),
    ("POST", "/a", ["Content-Type": "text/plain"], "again"),
    ("DELETE", "/a", [:], ""),
    ("OPTIONS", "/a", [:], "with a body"),
  ]

  @Test(arguments: [1, 2])
  func `each is sent as it would be alone`(rounds: Int) async throws {
    let sent = (0..<rounds).flatMap { _ in Self.kinds }
    let script = ScriptedEndpoint.answering { connection, _ in connection.answer() }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient(HTTPClientConfiguration(maximumConnectionsPerHost: 1)) { client in
        for (number, kind) in sent.enumerated() {
          let response = try await client.send(
            HTTPRequest(
              method: kind.method, url: server.url + kind.path, headers: kind.headers,
              body: Array(kind.body.utf8)))
          #expect(response.status == 200)
          #expect(response.timings.reusedConnection == (number > 0))
        }
      }
      #expect(server.requests.count == sent.count)
      for (request, kind) in zip(server.requests, sent) {
        #expect(request.line == "\(kind.method) \(kind.path) HTTP/1.1")
        #expect(request.text == kind.body)
        let known = ["host", "accept", "user-agent", "content-length"]
        let fields = request.lines.dropFirst().filter { line in
          !known.contains { line.lowercased().hasPrefix($0 + ":") }
        }
        #expect(fields == kind.headers.map { "\($0.name): \($0.value)" })
      }
    }
  }

  @Test func `a request that fails leaves nothing behind`() async throws {
    // A POST gets no answer: its connection is closed.
    let script: ScriptedEndpoint.Script = { connection in
      while let request = connection.readRequest(), !request.line.hasPrefix("POST") {
        connection.answer()
      }
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient(HTTPClientConfiguration(maximumConnectionsPerHost: 1)) { client in
        for _ in 0..<3 {
          let error = try await failure(
            of: client, HTTPRequest(method: "POST", url: server.url, body: [1, 2, 3]))
          #expect(error.kind == .dropped)
          #expect(try await client.send(HTTPRequest(url: server.url)).status == 200)
        }
      }
    }
  }
}
