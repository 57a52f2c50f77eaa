import Glibc
import HTTPTransport
import PatchbayTesting
import Testing

/// Proxies come from the environment, which belongs to a process: so each test has its own.
@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
  @Test func `a proxy is used for other hosts`() async {
    await #expect(processExitsWith: .success) {
      try await ScriptedEndpoint.run(
        ScriptedEndpoint.answering { $0.answer(200, $1.lines[0] + " " + $1.lines[1]) }
      ) {
        proxy in
        setenv("http_proxy", proxy.url, 1)
        try await withClient { client in
          let response = try await client.send(HTTPRequest(url: "http://a.example/x?y"))
          #expect(response.text == "GET http://a.example/x?y HTTP/1.1 Host: a.example")
        }
      }
    }
  }

  @Test func `a proxy is not used for hosts that the environment exempts`() async {
    await #expect(processExitsWith: .success) {
      try await ScriptedEndpoint.run(
        ScriptedEndpoint.answering { connection, _ in connection.answer() }
      ) { proxy in
        setenv("http_proxy", proxy.url, 1)
        setenv("NO_PROXY", ".example", 1)
        try await withClient { client in
          let host = String(repeating: "a", count: 64) + ".example"
          let error = try await failure(of: client, HTTPRequest(url: "http://\(host)/"))
          #expect(error.kind == .nameLookup)
        }
        #expect(proxy.connectionCount == 0)
      }
    }
  }

  @Test func `a proxy is never used for loopback hosts`() async {
    await #expect(processExitsWith: .success) {
      let script = ScriptedEndpoint.answering { connection, _ in connection.answer(200, "direct") }
      try await ScriptedEndpoint.run(script) { server in
        try await ScriptedEndpoint.run(ScriptedEndpoint.answering { $0.answer(200, $1.line) }) {
          proxy in
          for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            setenv(name, proxy.url, 1)
          }
          try await withClient { client in
            for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]"] {
              let response = try await client.send(
                HTTPRequest(url: "http://\(host):\(server.port)/"))
              #expect(response.text == "direct")
            }
          }
          #expect(proxy.connectionCount == 0)
        }
      }
    }
  }

  @Test func `a proxy that refuses a tunnel has not let the request through`() async {
    await #expect(processExitsWith: .success) {
      try await ScriptedEndpoint.run(
        ScriptedEndpoint.answering { connection, _ in connection.answer(403) }
      ) { proxy in
        setenv("https_proxy", proxy.url, 1)
        try await withClient { client in
          let error = try await failure(
            of: client, HTTPRequest(method: "POST", url: "https://a.example/?secret", body: [1]))
          #expect(error.kind == .connect)
          #expect(
            error.message
              == "a.example:443: cannot connect: CONNECT tunnel failed, response 403")
          #expect(!error.mayHaveReachedServer)
        }
        #expect(proxy.requests.map(\.line) == ["CONNECT a.example:443 HTTP/1.1"])
      }
    }
  }
}
