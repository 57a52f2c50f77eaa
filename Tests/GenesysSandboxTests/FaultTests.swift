import GenesysCloud
import GenesysSandbox
import PatchbayJSON
import Testing

@Suite struct FaultTests {
  @Test func `an injected 429 has no effect and says when to come back`() async throws {
    try await withSandbox(["faults": ["rate_limited": 1]]) { client in
      let answer = try await client.post([event("a")], token: try await client.token())
      #expect(answer.status == 429)
      #expect(
        answer.text
          == answer.expected(
            "too.many.requests",
            "Rate limit exceeded the maximum. Retry the request in [1] seconds"))
      #expect(
        answer.notableFields
          == [
            "retry-after: 1", "inin-ratelimit-count: 1", "inin-ratelimit-allowed: 1",
            "inin-ratelimit-reset: 1",
          ])
      let state = try await client.state("?events=true")
      #expect(
        state.text()
          == #"{"requests":{"/api/v2/interactions/events":{"429":1},"/oauth/token":{"200":1}},"#
          + #""faults":{"rate_limited":1},"deliveries":1,"effects":0,"duplicates":0,"refusals":0,"users":0,"conversations":0,"#
          + #""agents":{},"interactions":{},"qa":{"received":0,"documents":[]},"#
          + #""events":{"a":{"deliveries":1,"effects":0}}}"#)
    }
  }

  @Test func `an injected 500 has no effect`() async throws {
    try await withSandbox(["faults": ["server_error": 1]]) { client in
      let answer = try await client.post([event("a")], token: try await client.token())
      #expect(answer.status == 500)
      #expect(
        answer.text
          == answer.expected(
            "internal.server.error",
            "The server encountered an unexpected condition which prevented it from fulfilling "
              + "the request."))
      #expect(answer.notableFields == [])
      #expect(try await client.state()["effects"] == 0)
    }
  }

  @Test func `an injected 503 has no effect`() async throws {
    try await withSandbox(["faults": ["unavailable": 1]]) { client in
      let answer = try await client.post([event("a")], token: try await client.token())
      #expect(answer.status == 503)
      #expect(
        answer.text
          == answer.expected(
            "service.unavailable",
            "The server is currently unavailable (because it is overloaded or down for "
              + "maintenance)."))
      #expect(answer.notableFields == [])
      #expect(try await client.state()["effects"] == 0)
    }
  }

  @Test(arguments: [("rate_limited", 429), ("unavailable", 503)])
  func `the time to wait is an option, in seconds rounded up`(
    fault: String, status: Int
  ) async throws {
    let faults = JSONValue.object([.init(fault, 1), .init("retry_after", "1500ms")])
    try await withSandbox(["faults": faults]) { client in
      let answer = try await client.post([event("a")], token: try await client.token())
      #expect(answer.status == status)
      #expect(answer["Retry-After"] == "2")
    }
  }

  @Test func `a dropped request takes effect and gets not one byte`() async throws {
    try await withSandbox(["faults": ["dropped": 1]]) { client in
      let token = try await client.token()
      let request = SandboxClient.eventRequest([event("a")], token: token)
      #expect(try await exchange(request, port: client.port) == [])
      #expect(try await exchange(request, port: client.port) == [])
      let state = try await client.state("?events=true")
      #expect(state["effects"] == 1)
      #expect(state["duplicates"] == 1)
      #expect(state["events"] == ["a": ["deliveries": 2, "effects": 1]])
      #expect(state["faults"] == ["dropped": 2])
      #expect(state["requests"]?["/api/v2/interactions/events"] == ["dropped": 2])
      #expect(state["agents"]?[agent]?["sequence_id"] == "a")
    }
  }

  @Test func `what is wrong with a request is found before faults strike`() async throws {
    try await withSandbox(["faults": ["dropped": 1], "body_limit": "1kB"]) { client in
      let token = try await client.token()
      #expect(try await client.post([event("a")], token: nil).status == 401)
      #expect(try await client.post([event("a", ["state": "lost"])], token: token).status == 400)
      #expect(
        try await client.post(.array(Array(repeating: event("a"), count: 9)), token: token).status
          == 413)
      #expect(
        try await client.post([event("a")], token: token, ["Content-Type": "text/plain"]).status
          == 415)
      #expect(try await client.state()["faults"] == [:])
    }
  }

  @Test func `the same seed gives the same pattern whatever the order`() async throws {
    let options: JSONValue = [
      "faults": ["rate_limited": 0.2, "server_error": 0.2, "unavailable": 0.2]
    ]
    @Sendable func pattern(seed: UInt64, _ ids: [Int]) async throws -> [Int: [Int]] {
      try await withSandbox(options, seed: seed) { client in
        let token = try await client.token()
        var statuses: [Int: [Int]] = [:]
        for id in ids {
          for _ in 0..<3 {
            let answer = try await client.post([event("sim-\(id)")], token: token)
            statuses[id, default: []].append(answer.status)
          }
        }
        return statuses
      }
    }
    let first = try await pattern(seed: 7, Array(0..<20))
    #expect(try await pattern(seed: 7, Array((0..<20).reversed())) == first)
    #expect(try await pattern(seed: 8, Array(0..<20)) != first)
    #expect(Set(first.values.joined()) == [202, 429, 500, 503])
    #expect(first.values.contains { Set($0).count > 1 })
  }

  @Test func `the request's events together decide, and its attempts`() async throws {
    try await withSandbox(["faults": ["server_error": 0.5]]) { client in
      let token = try await client.token()
      var statuses: [Int] = []
      for _ in 0..<20 {
        statuses.append(try await client.post([event("a"), event("b")], token: token).status)
      }
      #expect(Set(statuses) == [202, 500])
      #expect(try await client.state()["deliveries"] == 40)
    }
  }
}
