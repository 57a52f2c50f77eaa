import PatchbayJSON
import Testing

/// What can't happen as things stand is refused, event by event, and changes nothing.
struct ImpossibleEventTests {
  private static let conversation = "00000000-0000-4000-8000-0000000000c1"
  private static let communication = "00000000-0000-4000-8000-0000000000d1"
  private static let onQueue = "e08eaf1b-ee47-4fa9-a231-1200e284798f"

  /// Posts one event and gives what is said of it; nil if it was accepted.
  private func post(
    _ client: SandboxClient, _ token: String, _ path: String, _ array: String, _ number: Int,
    at time: String, _ members: [JSONValue.Member]
  ) async throws -> String? {
    let event: [JSONValue.Member] = [
      .init("eventId", .string("00000000-0000-4000-8000-0000000001\(number + 10)")),
      .init("eventDateTime", .string("2026-01-31T09:30:\(time)Z")),
    ]
    let body: JSONValue = .object([.init(array, [.object(event + members)])])
    let answer = try await client.send(
      "POST", "/api/v2/events/\(path)",
      ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
      body: Array(body.text().utf8))
    #expect(answer.status == 200)
    let errors = try #require(try answer.json["errors"]?.array)
    #expect(errors.allSatisfy { $0["retryable"] == false })
    return errors.first?["message"]?.string
  }

  @Test func `a conversation goes forward only`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      let ids: [JSONValue.Member] = [
        .init("conversationId", .string(Self.conversation)),
        .init("communicationId", .string(Self.communication)),
      ]
      let offer: [JSONValue.Member] = [
        .init("userId", .string(agent)), .init("afterCallWorkRequired", true),
        .init("initialConfiguration", ["alerting": true]),
      ]
      let steps: [(array: String, time: String, members: [JSONValue.Member], refusal: String?)] = [
        (
          "communicationAnsweredEvents", "10", [], "there is no conversation [\(Self.conversation)]"
        ),
        ("userEstablishedEvents", "10", offer, nil),
        (
          "userEstablishedEvents", "10", offer,
          "there is a communication [\(Self.communication)] already"
        ),
        (
          "holdUpdatedEvents", "11", [.init("held", true)],
          "communication [\(Self.communication)] is not connected, but alerting"
        ),
        (
          "communicationAnsweredEvents", "09", [],
          "eventDateTime [2026-01-31T09:30:09.000000000Z] is before the communication's last change "
            + "[2026-01-31T09:30:10.000000000Z]"
        ),
        ("communicationAnsweredEvents", "11", [], nil),
        (
          "communicationAnsweredEvents", "12", [],
          "communication [\(Self.communication)] is not alerting, but connected"
        ),
        (
          "communicationDispositionAppliedEvents", "12", [],
          "communication [\(Self.communication)] has no after-call work to do"
        ),
        ("communicationEndedEvents", "13", [.init("disconnectType", "Peer")], nil),
        (
          "communicationEndedEvents", "14", [.init("disconnectType", "Peer")],
          "communication [\(Self.communication)] is over"
        ),
        ("communicationDispositionAppliedEvents", "15", [], nil),
        (
          "communicationDispositionAppliedEvents", "16", [],
          "communication [\(Self.communication)] has no after-call work to do"
        ),
      ]
      for (number, step) in steps.enumerated() {
        let refusal = try await post(
          client, token, "conversations", step.array, number, at: step.time, ids + step.members)
        #expect(refusal == step.refusal, "step \(number)")
      }
    }
  }

  @Test func `a routing status fits presence and interactions`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      func status(_ status: String, _ number: Int, at time: String) async throws -> String? {
        try await post(
          client, token, "users/routingstatus", "userRoutingStatusEvents", number, at: time,
          [.init("agentId", .string(agent)), .init("status", .string(status))])
      }
      #expect(
        try await status("Idle", 0, at: "10")
          == "the routing status can't be [Idle] while the agent's presence is [Offline]")
      let presence: [JSONValue.Member] = [
        .init("userId", .string(agent)), .init("presenceDefinitionId", .string(Self.onQueue)),
      ]
      #expect(
        try await post(
          client, token, "users/presence", "userPresenceEvents", 1, at: "11", presence) == nil)
      #expect(try await status("OffQueue", 2, at: "12") == "the agent's presence is [On Queue]")
      let talk: [JSONValue.Member] = [
        .init("conversationId", .string(Self.conversation)),
        .init("communicationId", .string(Self.communication)), .init("userId", .string(agent)),
      ]
      #expect(
        try await post(
          client, token, "conversations", "userEstablishedEvents", 3, at: "13", talk) == nil)
      #expect(
        try await status("Idle", 4, at: "14")
          == "the agent has an interaction, or its after-call work, in progress")
      #expect(
        try await status("Interacting", 5, at: "12")
          == "eventDateTime [2026-01-31T09:30:12.000000000Z] is before the agent's last change of "
          + "routing status [2026-01-31T09:30:13.000000000Z]")
    }
  }

  @Test func `in a closed organisation strangers are refused`() async throws {
    try await withSandbox(["unknown_users": false]) { client in
      let token = try await client.token()
      let refusal = try await post(
        client, token, "users/routingstatus", "userRoutingStatusEvents", 0, at: "10",
        [.init("agentId", .string(agent)), .init("status", "Idle")])
      #expect(refusal == "there is no user [\(agent)]")
    }
  }
}
