import GenesysCloud
import GenesysSandbox
import PatchbayJSON
import Testing

@Suite struct EventBodyTests {
  static let states =
    "routing/agent/available, routing/agent/busy, interaction/media/connected, "
    + "interaction/media/disconnected, routing/agent/wrapping"

  static let uuids = "Allowable values are: lower-case hexadecimal with hyphens"

  static func detail(_ code: String, _ field: String) -> JSONValue {
    ["errorCode": .string(code), "fieldName": .string(field)]
  }

  @Test(
    arguments: [
      (["sequence_id": ""], "invalid.value", "sequence_id", "must have 1 to 128 bytes, found 0"),
      (
        ["sequence_id": .string(String(repeating: "é", count: 65))], "invalid.value", "sequence_id",
        "must have 1 to 128 bytes, found 130"
      ),
      (["sequence_id": 7], "invalid.value", "sequence_id", "expected a string, found a number"),
      (["sequence_id": nil], "constraint.validation", "sequence_id", "the field is required"),
      (
        ["timestamp": "2026-02-30T00:00:00Z"], "invalid.date", "timestamp",
        "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ"
      ),
      (
        ["timestamp": "2026-01-31 09:30:00"], "invalid.date", "timestamp",
        "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ"
      ),
      (["timestamp": nil], "constraint.validation", "timestamp", "the field is required"),
      (
        ["agent_id": "00000000-0000-4000-8000-00000000000A"], "invalid.value", "agent_id",
        "Value [00000000-0000-4000-8000-00000000000A] is not valid for field type [UUID]. \(uuids)"
      ),
      (
        ["interaction_id": "------------------------------------"], "invalid.value",
        "interaction_id",
        "Value [------------------------------------] is not valid for field type [UUID]. \(uuids)"
      ),
      (
        ["interaction_id": [1]], "invalid.value", "interaction_id",
        "expected a string, found an array"
      ),
      (
        ["state": "routing/agent/lost"], "invalid.value", "state",
        "Value [routing/agent/lost] is not valid for field type [state]. "
          + "Allowable values are: \(states)"
      ),
      (
        ["state": .string(String(repeating: "x", count: 65))], "invalid.value", "state",
        "Value [\(String(repeating: "x", count: 64))...] is not valid for field type [state]. "
          + "Allowable values are: \(states)"
      ),
      (["state": nil], "constraint.validation", "state", "the field is required"),
      (
        ["event_type": "routing/agent/State"], "invalid.value", "event_type",
        "Value [routing/agent/State] is not valid for field type [event_type]. "
          + "Allowable values are: routing/agent/state"
      ),
      (["event_type": .null], "invalid.value", "event_type", "expected a string, found null"),
    ] as [([String: JSONValue?], String, String, String)])
  func `a bad field is named`(
    changes: [String: JSONValue?], code: String, field: String, explanation: String
  ) async throws {
    try await withSandbox { client in
      let answer = try await client.post(
        [event("good"), event("bad", changes)], token: try await client.token())
      #expect(answer.status == 400)
      #expect(
        answer.text
          == answer.expected(
            code, "[1].\(field): \(explanation)", details: [Self.detail(code, "[1].\(field)")]))
      let state = try await client.state("?events=true")
      #expect(state["deliveries"] == 0)
      #expect(state["effects"] == 0)
      #expect(state["agents"] == [:])
      #expect(state["events"] == [:])
    }
  }

  @Test func `all bad fields are named at once`() async throws {
    try await withSandbox { client in
      let answer = try await client.post(
        [
          event("a", ["state": "lost", "agent_id": nil]), event("b"), 7,
          event("c", ["timestamp": ""]),
        ], token: try await client.token())
      #expect(
        answer.text
          == answer.expected(
            "constraint.validation",
            "[0].agent_id: the field is required (and 3 more; see details)",
            details: [
              Self.detail("constraint.validation", "[0].agent_id"),
              Self.detail("invalid.value", "[0].state"),
              Self.detail("invalid.value", "[2]"),
              Self.detail("invalid.date", "[3].timestamp"),
            ]))
    }
  }

  @Test func `an answer names at most ten thousand fields`() async throws {
    try await withSandbox { client in
      let events = JSONValue.array(Array(repeating: [:], count: 2000))
      let answer = try await client.post(events, token: try await client.token())
      let error = try #require(PlatformError(parsing: try answer.json))
      #expect(error.details.count == 10_000)
      #expect(
        error.message == "[0].sequence_id: the field is required (and 11999 more; see details)")
    }
  }

  @Test(arguments: [
    ("{}", "expected an array of events, found an object"),
    ("[]", "expected at least one event, found an empty array"),
    ("null", "expected an array of events, found null"),
    ("[{]", "1:3: expected a name in quotes, found \"]\""),
    ("", "1:1: expected a value, found the end of the text"),
    (
      #"[{"state":1,"state":2}]"#,
      #"1:13: "state" is set twice; first in line 1, column 3"#
    ),
  ])
  func `a body that is no array of events is refused`(
    body: String, explanation: String
  ) async throws {
    try await withSandbox { client in
      let answer = try await client.send(
        "POST", WorkspaceAPI.eventsPath,
        [
          "Authorization": "Bearer \(try await client.token())",
          "Content-Type": "application/json",
        ], body: Array(body.utf8))
      #expect(answer.status == 400)
      #expect(
        answer.text
          == answer.expected(
            "bad.request",
            "The request could not be understood by the server due to malformed syntax: "
              + "\(explanation)."))
      #expect(try await client.state()["deliveries"] == 0)
    }
  }

  @Test func `extremes of good values are taken, and unknown members ignored`() async throws {
    try await withSandbox { client in
      let longest = String(repeating: "é", count: 64)
      var members = event(longest, timestamp: "2026-01-31t09:30:00+05:30").object ?? []
      members.append(.init("attributes", ["deep": [1, [2, [3]]]]))
      let states = WorkspaceAPI.states.enumerated().map { event("s\($0)", state: $1) }
      let answer = try await client.post(
        .array([.object(members)] + states), token: try await client.token())
      #expect(answer.status == 202)
      #expect(try await client.state()["effects"] == 6)
    }
  }
}
