import GenesysCloud
import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct EventEndpointTests {
  @Test(arguments: [("?async=true", 202), ("?async=false", 200), ("", 200), ("?%61sync=true", 202)])
  func `events are accepted at once or for later`(query: String, status: Int) async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let answer = try await client.post(
        [event("sim-1"), event("sim-2")], token: token, query: query)
      #expect(answer.status == status)
      #expect(answer.text == #"{"accepted":["sim-1","sim-2"],"duplicates":[]}"#)
      #expect(answer["Content-Type"] == "application/json")
      #expect(answer[PlatformHeader.correlationID]?.utf8.count == 36)
      #expect(answer.notableFields == [])
    }
  }

  @Test func `the token's scheme may be in any case`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let answer = try await client.post(
        [event("sim-1")], token: nil, ["Authorization": "bearer \(token)"])
      #expect(answer.status == 202)
    }
  }

  @Test func `a sequence id has one effect however often it is delivered`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      #expect(try await client.post([event("a")], token: token).status == 202)
      let again = try await client.post([event("a"), event("b"), event("b")], token: token)
      #expect(again.status == 202)
      #expect(again.text == #"{"accepted":["a","b","b"],"duplicates":["a","b"]}"#)
      let state = try await client.state("?events=true")
      #expect(state["deliveries"] == 4)
      #expect(state["effects"] == 2)
      #expect(state["duplicates"] == 2)
      #expect(
        state["events"]
          == [
            "a": ["deliveries": 2, "effects": 1], "b": ["deliveries": 2, "effects": 1],
          ])
    }
  }

  @Test func `sequence ids are told apart by their bytes`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let answer = try await client.post(
        [event("\u{E9}"), event("e\u{301}")], token: token)
      #expect(try answer.json["duplicates"] == [])
      #expect(try await client.state()["effects"] == 2)
    }
  }

  @Test func `a duplicate with another state changes nothing`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      _ = try await client.post([event("a")], token: token)
      _ = try await client.post(
        [event("a", state: "routing/agent/busy", timestamp: "2027-01-01T00:00:00Z")], token: token)
      #expect(
        try await client.state()["agents"]?[agent]?["state"] == "routing/agent/available")
    }
  }

  @Test func `a token is required`() async throws {
    try await withSandbox { client in
      for header in [nil, "Basic x", "Bearer", "token"] {
        let fields = header.map { ["Authorization": $0] } ?? [:]
        let answer = try await client.post([event("a")], token: nil, fields)
        #expect(answer.status == 401)
        #expect(
          answer.text
            == answer.expected(
              "authentication.required",
              "No authentication bearer token specified in authorization header."))
        #expect(answer.notableFields == ["www-authenticate: Bearer"])
      }
    }
  }

  @Test func `an unknown token is refused`() async throws {
    try await withSandbox { client in
      let answer = try await client.post([event("a")], token: "invented")
      #expect(answer.status == 401)
      #expect(answer.text == answer.expected("bad.credentials", "Invalid login credentials."))
    }
  }

  @Test func `a token expires on the run's clock`() async throws {
    let clock = makeClock()
    try await withSandbox(["token_lifetime": "10m"], clock: clock) { client in
      let token = try await client.token()
      try await clock.sleep(for: .milliseconds(599_999))
      #expect(try await client.post([event("a")], token: token).status == 202)
      try await clock.sleep(for: .milliseconds(1))
      let answer = try await client.post([event("b")], token: token)
      #expect(answer.status == 401)
      #expect(
        answer.text
          == answer.expected(
            "credentials.expired", "The supplied credentials are expired and cannot be used."))
      let fresh = try await client.token()
      #expect(try await client.post([event("b")], token: fresh).status == 202)
    }
  }

  @Test func `a token without the permission is refused`() async throws {
    try await withSandbox(["permissions": ["analytics:query"]]) { client in
      let answer = try await client.post([event("a")], token: try await client.token())
      #expect(answer.status == 403)
      #expect(
        answer.text
          == answer.expected(
            "missing.permissions",
            "Unable to perform the requested action. You are missing the following "
              + "permission(s): interactions:read"))
      #expect(try await client.state()["deliveries"] == 0)
    }
  }

  @Test func `a body above the limit is refused, declared or not`() async throws {
    try await withSandbox(["body_limit": "1000B"]) { client in
      let token = try await client.token()
      let events = JSONValue.array((0..<5).map { event("sim-\($0)") })
      let body = Array(events.text().utf8)
      #expect(body.count > 1000)
      let declared = try await client.post(events, token: token)
      let head = """
        POST /api/v2/interactions/events HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Authorization: Bearer \(token)\r
        Content-Type: application/json\r
        Transfer-Encoding: chunked\r
        \r
        \(String(body.count, radix: 16))\r

        """
      let chunked = try ReceivedAnswer(
        parsing: try await exchange(
          Array(head.utf8) + body + Array("\r\n0\r\n\r\n".utf8), port: client.port))
      for answer in [declared, chunked] {
        #expect(answer.status == 413)
        #expect(
          answer.text
            == answer.expected(
              "request.entity.too.large",
              "The request body is larger than the maximum of [1000] bytes.",
              limit: ["key": "request.bytes.max", "namespace": "platform.api", "value": 1000]))
      }
      #expect(try await client.state()["deliveries"] == 0)
    }
  }

  @Test func `a body of exactly the limit is read`() async throws {
    let events: JSONValue = [event("a")]
    let limit = "\(events.text().utf8.count)B"
    try await withSandbox(["body_limit": .string(limit)]) { client in
      let answer = try await client.post(events, token: try await client.token())
      #expect(answer.status == 202)
    }
  }

  @Test(arguments: ["text/plain", "application/jsonl", "", "application/x-www-form-urlencoded"])
  func `only JSON is taken`(type: String) async throws {
    try await withSandbox { client in
      let answer = try await client.post(
        [event("a")], token: try await client.token(), ["Content-Type": type])
      #expect(answer.status == 415)
      #expect(
        answer.text
          == answer.expected(
            "unsupported.media.type",
            "The media type of the request body is not supported; send [application/json]."))
    }
  }

  @Test func `a compressed body is refused, a charset is not`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let zipped = try await client.post([event("a")], token: token, ["Content-Encoding": "gzip"])
      #expect(zipped.status == 415)
      let answer = try await client.post(
        [event("a")], token: token, ["Content-Type": "Application/JSON ; charset=utf-8"])
      #expect(answer.status == 202)
    }
  }

  @Test func `an unknown value of async is refused`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let answer = try await client.post([event("a")], token: token, query: "?async=maybe")
      #expect(answer.status == 400)
      #expect(
        answer.text
          == answer.expected(
            "invalid.query.param.value",
            "Value [maybe] is not valid for query parameter [async]. "
              + "Allowable values are: true, false",
            details: [["errorCode": "invalid.query.param.value", "fieldName": "async"]]))
      #expect(try await client.post([event("a")], token: token, query: "?async=%").status == 400)
    }
  }

  @Test func `the same request gets the same correlation id in every run`() async throws {
    func ids() async throws -> [String?] {
      try await withSandbox { client in
        let answers = [
          try await client.requestToken(), try await client.send("GET", "/nowhere"),
          try await client.send("GET", "/sandbox/state"),
        ]
        return answers.map { $0[PlatformHeader.correlationID] }
      }
    }
    let first = try await ids()
    #expect(Set(first).count == 3)
    #expect(!first.contains(nil))
    #expect(try await ids() == first)
  }
}
