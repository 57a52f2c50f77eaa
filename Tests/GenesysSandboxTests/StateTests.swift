import GenesysCloud
import GenesysSandbox
import PatchbayJSON
import Testing

@Suite struct StateTests {
  @Test func `nothing has happened at the start`() async throws {
    try await withSandbox { client in
      let answer = try await client.send("GET", "/sandbox/state?events=true")
      #expect(answer.status == 200)
      #expect(
        answer.text
          == #"{"requests":{},"faults":{},"deliveries":0,"effects":0,"duplicates":0,"refusals":0,"users":0,"conversations":0,"#
          + #""agents":{},"interactions":{},"qa":{"received":0,"documents":[]},"events":{}}"#)
    }
  }

  @Test func `the state shows what happened, and is forgotten on demand`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      _ = try await client.post(
        [
          event("a"),
          event("b", state: "routing/agent/busy", timestamp: "2026-01-31T09:30:01Z"),
          event("c", state: "routing/agent/wrapping", timestamp: "2026-01-31T09:30:00.5Z"),
          event("d", agent: otherAgent, timestamp: "2026-01-31T10:30:00.25+01:00"),
        ], token: token)
      _ = try await client.send("GET", "/nowhere")
      _ = try await client.send("DELETE", "/oauth/token")
      _ = try await client.send(
        "POST", "/qa/metrics", ["Content-Type": "application/json"], body: Array(#"{"n":1}"#.utf8))
      #expect(
        try await client.state().text()
          == #"{"requests":{"/api/v2/interactions/events":{"202":1},"#
          + #""/oauth/token":{"200":1,"405":1},"/qa/metrics":{"201":1},"other":{"404":1}},"#
          + #""faults":{},"deliveries":4,"effects":4,"duplicates":0,"refusals":0,"users":0,"conversations":0,"#
          + #""agents":{"\#(agent)":{"state":"routing/agent/busy","#
          + #""timestamp":"2026-01-31T09:30:01.000000000Z","sequence_id":"b"},"#
          + #""\#(otherAgent)":{"state":"routing/agent/available","#
          + #""timestamp":"2026-01-31T09:30:00.250000000Z","sequence_id":"d"}},"#
          + #""interactions":{"\#(interaction)":{"state":"routing/agent/busy","#
          + #""timestamp":"2026-01-31T09:30:01.000000000Z","sequence_id":"b"}},"#
          + #""qa":{"received":1,"documents":[{"n":1}]}}"#)

      let deletion = try await client.send("DELETE", "/sandbox/state")
      #expect(deletion.status == 204)
      #expect(deletion.body == [])
      #expect(
        try await client.state("?events=false").text()
          == #"{"requests":{},"faults":{},"deliveries":0,"effects":0,"duplicates":0,"refusals":0,"users":0,"conversations":0,"#
          + #""agents":{},"interactions":{},"qa":{"received":0,"documents":[]}}"#)
      let again = try await client.post([event("a")], token: token)
      #expect(again.text == #"{"accepted":["a"],"duplicates":[]}"#)
    }
  }

  @Test func `the head of the state can be asked for`() async throws {
    try await withSandbox { client in
      let head = try await client.send("HEAD", "/sandbox/state")
      #expect(head.status == 200)
      #expect(head.rest == [])
      let length = try await client.send("GET", "/sandbox/state").body.count
      #expect(head["Content-Length"] == String(length))
    }
  }

  @Test func `a strange query is refused`() async throws {
    try await withSandbox { client in
      let answer = try await client.send("GET", "/sandbox/state?events=1")
      #expect(answer.status == 400)
      #expect(
        answer.text
          == answer.expected(
            "invalid.query.param.value",
            "Value [1] is not valid for query parameter [events]. "
              + "Allowable values are: true, false",
            details: [["errorCode": "invalid.query.param.value", "fieldName": "events"]]))
      let broken = try await client.send("GET", "/sandbox/state?%f")
      #expect(
        broken.text
          == broken.expected(
            "bad.request",
            "The request could not be understood by the server due to malformed syntax: "
              + "the query can't be decoded."))
    }
  }

  @Test(arguments: ["/", "/nowhere", "/api/v2/interactions/events/", "/sandbox", "/OAUTH/TOKEN"])
  func `there is nothing else`(path: String) async throws {
    try await withSandbox { client in
      let answer = try await client.send("GET", path)
      #expect(answer.status == 404)
      #expect(answer.text == answer.expected("not.found", "The requested resource was not found."))
    }
  }

  @Test(arguments: [
    ("GET", "/oauth/token", "POST"), ("PUT", "/api/v2/interactions/events", "POST"),
    ("OPTIONS", "/qa/metrics", "POST"), ("POST", "/sandbox/state", "GET, HEAD, DELETE"),
  ])
  func `a resource knows its methods`(method: String, path: String, allowed: String) async throws {
    try await withSandbox { client in
      let answer = try await client.send(method, path)
      #expect(answer.status == 405)
      #expect(
        answer.text
          == answer.expected(
            "method.not.allowed", "The method [\(method)] is not allowed for this resource."))
      #expect(answer.notableFields == ["allow: \(allowed)"])
    }
  }

  @Test func `a whole URL as target means its path`() async throws {
    try await withSandbox { client in
      let whole = try await client.send("GET", "http://127.0.0.1:1/sandbox/state?events=true")
      #expect(whole.status == 200)
      #expect(try whole.json["events"] == [:])
      let query = try await client.send("GET", "/sandbox/journal?path=/x://y")
      #expect(query.status == 200)
    }
  }
}
