import GenesysSandbox
import PatchbayJSON
import Testing

/// What a web page that somebody looks at can do to a sandbox: nothing.
@Suite struct ForeignPageTests {
  private static let foreign: [[String: String]] = [
    ["Origin": "http://evil.test", "Content-Type": "text/plain"],
    ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"], ["Host": "evil.test"],
    ["Host": "evil.test", "Origin": "http://evil.test"],
  ]

  @Test(arguments: foreign)
  func `every operation refuses it, and none leaves a trace`(fields: [String: String]) async throws
  {
    try await withSandbox { client in
      let document = try await client.send("GET", "/sandbox/openapi.json").json
      let before = try await client.state().text()
      var count = 0
      for path in document["paths"]?.object ?? [] {
        for method in path.value.object ?? [] where method.name != "parameters" {
          let answer = try await client.send(method.name.uppercased(), path.name, fields)
          #expect([403, 421].contains(answer.status), "\(method.name) \(path.name)")
          count += 1
        }
      }
      #expect(count > 50)
      let after = try await client.state().text()
      #expect(after == before)
      let journal = try await client.send("GET", "/sandbox/journal").json
      #expect(journal["entries"] == [], "\(journal.text().prefix(500))")
    }
  }

  @Test func `a page of a named origin may use it, and a named host`() async throws {
    try await withSandbox(
      ["origins": ["http://localhost:3000"], "hosts": ["sandbox.test"]]
    ) { client in
      for fields in [["Origin": "http://localhost:3000"], ["Host": "sandbox.test:1"]] {
        let answer = try await client.send("GET", GenesysSandbox.statePath, fields)
        #expect(answer.status == 200)
      }
    }
  }

  @Test(arguments: [
    "GET /sandbox/state HTTP/1.1\r\n", "GET /sandbox/state HTTP/1.0\r\n",
    "GET /sandbox/state HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n",
  ])
  func `a request without one host is bad`(head: String) async throws {
    try await withSandbox { client in
      let bytes = try await exchange(
        Array((head + "Connection: close\r\n\r\n").utf8), port: client.port)
      let version = head.contains("HTTP/1.0") ? "1.0" : "1.1"
      #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/\(version) 400 "))
    }
  }

  @Test func `a target that is a URL names the host`() async throws {
    try await withSandbox { client in
      for (target, status) in [
        ("http://evil.test/sandbox/state", 421), ("http://localhost/sandbox/state", 200),
      ] {
        let answer = try await client.send("GET", target)
        #expect(answer.status == status)
      }
    }
  }

  @Test(arguments: [
    (["Origin": "http://evil.test"], 403), (["Host": "evil.test"], 421), ([:], 101),
  ])
  func `a page gets no socket`(fields: [String: String], status: Int) async throws {
    try await withSandbox { client in
      let channel = try await client.openChannel()
      let bytes = try await exchange(
        channel.upgrade(fields) + channel.frame(0x88, [0x03, 0xE8]), port: channel.port)
      #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 \(status) "))
    }
  }

  @Test func `tokens and channels of one seed can't be guessed, unless that is asked for`()
    async throws
  {
    func ids(_ options: JSONValue) async throws -> [String] {
      try await withSandbox(options) { client in
        [try await client.token(), try await client.openChannel().id]
      }
    }
    let (one, other) = (try await ids([:]), try await ids([:]))
    #expect(Set(one + other).count == 4)
    let repeatable: JSONValue = ["repeatable_ids": true]
    #expect(try await ids(repeatable) == ids(repeatable))
  }
}
