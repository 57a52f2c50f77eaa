import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What became of notifications is on record, and a channel lives no longer than its token.
struct NotificationRecordTests {
  private static let user = "7f6b0d54-0000-4000-8000-000000000001"

  private func change(
    _ presence: String, _ client: SandboxClient, token: String
  ) async throws {
    let answer = try await client.send(
      "PATCH", "/api/v2/users/\(Self.user)/presences/purecloud",
      ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
      body: Array(#"{"message":"\#(presence)"}"#.utf8))
    #expect(answer.status == 200)
  }

  private func subscribe(_ channel: String, _ client: SandboxClient, token: String) async throws {
    let answer = try await client.send(
      "PUT", "/api/v2/notifications/channels/\(channel)/subscriptions",
      ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
      body: Array(#"[{"id":"v2.users.\#(Self.user).presence"}]"#.utf8))
    #expect(answer.status == 200)
  }

  private func makeChannel(_ client: SandboxClient, token: String) async throws -> String {
    let answer = try await client.send(
      "POST", "/api/v2/notifications/channels", ["Authorization": "Bearer \(token)"])
    return try #require(try answer.json["id"]?.string)
  }

  @Test func `a notification for which there is no socket is on record as such`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let channel = try await makeChannel(client, token: token)
      try await subscribe(channel, client, token: token)
      try await change("a", client, token: token)
      try await change("b", client, token: token)
      let all = try await client.send("GET", "/sandbox/notifications").json
      let entries = try #require(all["entries"]?.array)
      #expect(all["last"] == 2)
      #expect(entries.map { $0["number"]?.integer } == [1, 2])
      #expect(entries.allSatisfy { $0["outcome"] == "unconnected" && $0["places"] == [] })
      #expect(entries[0]["channelId"]?.string == channel)
      #expect(entries[0]["topic"]?.string == "v2.users.\(Self.user).presence")
      #expect(entries[0]["change"] == ["type": "presence", "userId": .string(Self.user)])
      let rest = try await client.send("GET", "/sandbox/notifications?after=1").json
      #expect(rest["entries"]?.array?.count == 1)
      _ = try await client.send("POST", "/sandbox/reset")
      let none = try await client.send("GET", "/sandbox/notifications").json
      #expect(none["entries"] == [])
    }
  }

  @Test func `a channel ends with the token that it was made with`() async throws {
    let clock = ManualClock()
    try await withSandbox(["token_lifetime": "10m"], clock: clock) { client in
      let channel = try await makeChannel(client, token: try await client.token())
      clock.advance(by: .seconds(599))
      let fresh = try await client.token()
      func status() async throws -> Int {
        try await client.send(
          "HEAD", "/api/v2/notifications/channels/\(channel)", ["Authorization": "Bearer \(fresh)"]
        ).status
      }
      #expect(try await status() == 200)
      clock.advance(by: .seconds(1))
      #expect(try await status() == 404)
    }
  }

  @Test func `a conversation is found by who took part, within its interval`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      func query(_ body: String) async throws -> ReceivedAnswer {
        try await client.send(
          "POST", "/api/v2/analytics/conversations/details/query",
          ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
          body: Array(body.utf8))
      }
      let events = """
        {"userEstablishedEvents": [{"eventId": "7f6b0d54-0000-4000-8000-000000000009",
        "eventDateTime": "2026-01-01T09:00:00.000Z", "conversationId": "7f6b0d54-0000-4000-8000-000000000002",
        "communicationId": "7f6b0d54-0000-4000-8000-000000000003", "userId": "\(Self.user)",
        "initialConfiguration": {"alerting": true, "inbound": true}}]}
        """
      let posted = try await client.send(
        "POST", "/api/v2/events/conversations",
        ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
        body: Array(events.utf8))
      #expect(posted.status == 200)
      func found(_ interval: String, user: String = Self.user) async throws -> JSONValue? {
        try await query(
          """
          {"interval": "\(interval)", "segmentFilters": [{"type": "or", "predicates":
          [{"type": "dimension", "dimension": "userId", "operator": "matches", "value": "\(user)"}]}]}
          """
        ).json["totalHits"]
      }
      #expect(try await found("2026-01-01T09:00:00.000Z/2026-01-01T10:00:00.000Z") == 1)
      // It still lasts.
      #expect(try await found("2026-01-05T09:00:00.000Z/2026-01-05T10:00:00.000Z") == 1)
      #expect(try await found("2026-01-01T08:00:00.000Z/2026-01-01T09:00:00.000Z") == 0)
      #expect(
        try await found(
          "2026-01-01T09:00:00.000Z/2026-01-01T10:00:00.000Z",
          user: "7f6b0d54-0000-4000-8000-000000000008") == 0)
      #expect(try await query(#"{"interval": "x"}"#).status == 400)
      let other =
        #"{"interval": "2026-01-01T09:00:00.000Z/2026-01-01T10:00:00.000Z", "aggregations": [{}]}"#
      #expect(try await query(other).status == 400)
    }
  }
}
