import Foundation
import Glibc
import HTTPTransport
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
  @Test func `a connection is reused`() async throws {
    let script = ScriptedEndpoint.answering { connection, request in
      connection.answer(200, request.line)
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        for index in 0..<5 {
          let response = try await client.send(HTTPRequest(url: server.url + "/\(index)"))
          #expect(response.text == "GET /\(index) HTTP/1.1")
          #expect(response.timings.reusedConnection == (index > 0))
        }
      }
      #expect(server.connectionCount == 1)
    }
  }

  @Test func `nothing of a request is left in the next one on the same handle`() async throws {
    let script = ScriptedEndpoint.answering { connection, request in
      connection.answer(200, (request.lines + [request.text]).joined(separator: "|"))
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        _ = try await client.send(
          HTTPRequest(
            method: "PUT", url: server.url + "/a", headers: ["X-One": "1"], body: [0x61]))
        _ = try await client.send(HTTPRequest(method: "HEAD", url: server.url + "/b"))
        let response = try await client.send(HTTPRequest(url: server.url + "/c"))
        #expect(
          response.text
            == "GET /c HTTP/1.1|Host: \(server.authority)|Accept: */*|User-Agent: patchbay|")
      }
    }
  }

  @Test func `a connection that the server closes in between is replaced`() async throws {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer()
    }
    try await ScriptedEndpoint.run(script) { server in
      var closings = server.events.filter { if case .closed = $0 { true } else { false } }
        .makeAsyncIterator()
      try await withClient { client in
        for _ in 0..<3 {
          let response = try await client.send(
            HTTPRequest(method: "POST", url: server.url, body: [1]))
          #expect(!response.timings.reusedConnection)
          _ = await closings.next()
        }
      }
      #expect(server.requests.count == 3)
    }
  }

  @Test(arguments: ["POST", "GET"], [false, true])
  func `a request on a reused connection that closes without an answer is not sent again`(
    _ method: String, _ resets: Bool
  ) async throws {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer()
      guard connection.readRequest() != nil else { return }
      if resets { connection.resetOnClose() }
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let request = HTTPRequest(method: method, url: server.url)
        _ = try await client.send(request)
        let error = try await failure(of: client, request)
        #expect(error.kind == .dropped)
        #expect(
          error.message
            == "\(server.authority): "
            + "the server closed the reused connection before the response began")
        #expect(error.mayHaveReachedServer)
        #expect(error.timings?.reusedConnection == true)
        #expect(error.timings?.connect == nil)
        #expect(server.requests.count == 2)
        // The next request is none the worse for it.
        let response = try await client.send(request)
        #expect(response.status == 200)
        #expect(server.requests.count == 3)
      }
    }
  }

  @Test func `a failed attempt to send again is told as the closing that it comes from`()
    async throws
  {
    let script: ScriptedEndpoint.Script = { connection in
      guard connection.index == 0, connection.readRequest() != nil else { return }
      connection.answer()
      guard connection.readRequest() != nil else { return }
    }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { client in
        let request = HTTPRequest(method: "POST", url: server.url)
        _ = try await client.send(request)
        server.refuseConnections()
        let error = try await failure(of: client, request)
        #expect(error.kind == .dropped)
        #expect(error.mayHaveReachedServer)
        #expect(server.requests.count == 2)
      }
    }
  }

  @Test func `two hundred requests at once share the connections allowed`() async throws {
    let script = ScriptedEndpoint.answering { connection, request in
      connection.answer(200, request.text)
    }
    try await ScriptedEndpoint.run(script) { server in
      let configuration = HTTPClientConfiguration(maximumConnectionsPerHost: 16)
      try await withClient(configuration) { client in
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
          for index in 0..<200 {
            group.addTask {
              try await client.send(
                HTTPRequest(method: "POST", url: server.url, body: Array("\(index)".utf8))
              ).text
            }
          }
          return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<200).map(String.init)))
      }
      #expect(server.requests.count == 200)
      #expect(server.connectionCount <= 16)
    }
  }

  @Test func `a host that is busy holds up no other`() async throws {
    let gate = try Gate()
    let slow = ScriptedEndpoint.answering { connection, _ in
      gate.pass()
      connection.answer()
    }
    let fast = ScriptedEndpoint.answering { connection, _ in connection.answer() }
    try await ScriptedEndpoint.run(slow) { busy in
      try await ScriptedEndpoint.run(fast) { free in
        let configuration = HTTPClientConfiguration(maximumConnectionsPerHost: 1)
        try await withClient(configuration) { client in
          try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 {
              group.addTask { try await client.send(HTTPRequest(url: busy.url)).status }
            }
            let response = try await client.send(HTTPRequest(url: free.url))
            #expect(response.status == 200)
            for _ in 0..<3 { gate.open() }
            let sum = try await group.reduce(0, +)
            #expect(sum == 600)
          }
        }
        #expect(busy.connectionCount == 1)
      }
    }
  }

  @Test func `a connection that was idle for too long is replaced`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.answer() }
    ) { server in
      try await ScriptedEndpoint.run(
        ScriptedEndpoint.answering { connection, _ in connection.waitForClose() }
      ) {
        silent in
        let configuration = HTTPClientConfiguration(maximumIdleTime: .milliseconds(1))
        try await withClient(configuration) { client in
          _ = try await client.send(HTTPRequest(url: server.url))
          // libcurl counts whole seconds. This is how one passes without sleeping.
          let error = try await failure(
            of: client, HTTPRequest(url: silent.url, timeout: .milliseconds(2100)))
          #expect(error.kind == .timeout)
          let response = try await client.send(HTTPRequest(url: server.url))
          #expect(!response.timings.reusedConnection)
        }
        #expect(server.connectionCount == 2)
      }
    }
  }

  @Test func `programs that the process starts don't have its connections`() async throws {
    try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { connection, _ in connection.answer() }
    ) { server in
      try await withClient { client in
        _ = try await client.send(HTTPRequest(url: server.url))
        // Other tests have thousands of descriptors at the same time.
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let ours = open.compactMap { Int32($0) }.filter {
          TCPSocket.peerPort(of: $0) == server.port
        }
        #expect(ours.count == 1)
        #expect(ours.allSatisfy { fcntl($0, F_GETFD) & FD_CLOEXEC != 0 })
      }
    }
  }

  @Test func `two clients have nothing in common`() async throws {
    let script = ScriptedEndpoint.answering { connection, _ in connection.answer() }
    try await ScriptedEndpoint.run(script) { server in
      try await withClient { one in
        try await withClient { other in
          _ = try await one.send(HTTPRequest(url: server.url))
          _ = try await other.send(HTTPRequest(url: server.url))
          await one.shutdown()
          let response = try await other.send(HTTPRequest(url: server.url))
          #expect(response.status == 200)
        }
      }
      #expect(server.connectionCount == 2)
    }
  }
}
