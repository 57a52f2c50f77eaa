import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Synchronization
import Testing

/// What `genesys-events` says to the platform, seen by a server that believes everything, and what
/// it makes of answers.
struct PlatformMappingTests {
  private static let config = #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "genesys": {
          "type": "genesys-cloud", "region": "${URL}", "client_id": "c", "client_secret": "s"
        }
      },
      "sources": { "desk": { "type": "stdin" } },
      "injectors": {
        "inject": {
          "type": "genesys-events", "inputs": ["desk"], "connection": "genesys",
          "concurrency": 1, "retry": { "attempts": 2 }
        }
      },
      "sinks": { "events": { "type": "jsonl", "inputs": ["inject", "inject.failed"] } }
    }
    """#

  private static let agents = (0..<4).map { "00000000-0000-4000-8000-00000000001\($0)" }

  private static func line(_ number: Int, _ state: String, agent: Int = 0) -> String {
    let interaction =
      state.hasPrefix("presence/") || state.hasPrefix("routing/idle")
      ? "" : #""interaction_id":"00000000-0000-4000-8000-00000000000\#(agent)","#
    return #"{"sequence_id":"e-\#(number)","timestamp":"2026-01-31T09:30:0\#(number % 10)Z","#
      + interaction + #""agent_id":"\#(agents[agent])","state":"\#(state)","#
      + #""event_type":"routing/agent/state"}"#
  }

  private final class Bodies: Sendable {
    let all = Mutex<[String]>([])
  }

  /// Runs events against a server; gives the bodies that it got, and what became of the events.
  private func run(
    _ lines: [String],
    _ answer: @escaping @Sendable (_ body: String, _ number: Int) -> (Int, String)
  ) async throws -> (bodies: [String], outcomes: [JSONValue]) {
    let bodies = Bodies()
    let script = ScriptedEndpoint.answering { connection, request in
      if request.line.contains("/oauth/token") {
        return connection.answer(
          200, #"{"access_token":"t","token_type":"bearer","expires_in":86400}"#)
      }
      let body = String(decoding: request.body, as: UTF8.self)
      let number = bodies.all.withLock { all in
        all.append(body)
        return all.count
      }
      let (status, text) = answer(body, number)
      connection.answer(status, text)
    }
    return try await ScriptedEndpoint.run(script) { endpoint in
      var rehearsal = try Rehearsal()
      rehearsal.variables["URL"] = endpoint.url
      rehearsal.input = ScriptedInput([Array(lines.joined(separator: "\n").utf8)])
      _ = try await rehearsal.run(Self.config)
      let outcomes = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
        .map { try JSONValue(parsing: Array($0)) }
      return (bodies.all.withLock { $0 }, outcomes)
    }
  }

  /// A body in a few words: the array, and what matters of the event in it.
  private func words(_ body: String) throws -> String {
    let array = try #require(try JSONValue(parsing: body).object?.first)
    let event = try #require(array.value[0])
    let facts = ["status", "held", "disconnectType"].compactMap { event[$0]?.text() }
    let alerting = event["initialConfiguration"]?["alerting"].map { "alerting \($0.text())" }
    let isSkipped =
      array.name == "communicationDispositionAppliedEvents" && event["code"] == nil
    return ([array.name] + facts + [alerting, isSkipped ? "skipped" : nil].compactMap { $0 })
      .joined(separator: " ").replacing("\"", with: "")
  }

  private static let established = "userEstablishedEvents alerting true"
  private static func status(_ status: String) -> String { "userRoutingStatusEvents \(status)" }

  @Test(arguments: [
    (
      [
        "presence/on_queue", "participant/alerting", "participant/connected", "participant/held",
        "participant/connected", "participant/disconnected", "after_call_work/complete",
        "presence/offline",
      ],
      [
        "userPresenceEvents", status("Idle"), established, "communicationAnsweredEvents",
        status("Interacting"), "holdUpdatedEvents true", "holdUpdatedEvents false",
        "communicationEndedEvents Peer", "communicationDispositionAppliedEvents", status("Idle"),
        "userPresenceEvents", status("OffQueue"),
      ]
    ),
    (
      [
        "presence/on_queue", "participant/alerting", "participant/not_responding", "routing/idle",
        "participant/alerting", "participant/connected", "participant/terminated",
      ],
      [
        "userPresenceEvents", status("Idle"), established, "communicationEndedEvents System",
        status("NotResponding"), status("Idle"), established, "communicationAnsweredEvents",
        status("Interacting"), "communicationEndedEvents Peer",
        "communicationDispositionAppliedEvents skipped", status("Idle"),
      ]
    ),
    (
      ["participant/connected", "participant/transferred"],
      [
        "userEstablishedEvents alerting false", "communicationEndedEvents Transfer",
        "communicationDispositionAppliedEvents skipped",
      ]
    ),
    (
      [
        "routing/agent/available", "routing/agent/busy", "interaction/media/connected",
        "interaction/media/disconnected", "routing/agent/wrapping", "routing/agent/available",
      ],
      [
        "userPresenceEvents", status("Idle"), established, "communicationAnsweredEvents",
        status("Interacting"), "communicationEndedEvents Peer",
        "communicationDispositionAppliedEvents", status("Idle"),
      ]
    ),
  ])
  func `states are told in the platform's terms`(states: [String], expected: [String]) async throws
  {
    let lines = states.enumerated().map { Self.line($0.offset, $0.element) }
    let (bodies, outcomes) = try await run(lines) { _, _ in (200, #"{"errors":[]}"#) }
    #expect(try bodies.map(words) == expected)
    #expect(outcomes.count == states.count)
    #expect(outcomes.allSatisfy { $0["outcome"]?["verdict"] == "accepted" })
    let ids = try bodies.map { body in
      try JSONValue(parsing: body).object?.first?.value[0]?["eventId"]?.string ?? ""
    }
    #expect(Set(ids).count == ids.count)
  }

  private static func eventID(_ body: String) -> String {
    let event = try? JSONValue(parsing: body).object?.first?.value[0]
    return event?["eventId"]?.string ?? ""
  }

  private static func error(_ body: String, isRetryable: Bool) -> String {
    #"{"errors":[{"eventId":"\#(eventID(body))","message":"not now","retryable":\#(isRetryable)}]}"#
  }

  @Test func `what is worth another try is sent again as the same event`() async throws {
    let (bodies, outcomes) = try await run([Self.line(0, "routing/idle")]) { body, number in
      (200, number == 1 ? Self.error(body, isRetryable: true) : "{}")
    }
    #expect(bodies.count == 2)
    #expect(Set(bodies.map(Self.eventID)).count == 1)
    #expect(outcomes[0]["outcome"]?["verdict"] == "accepted")
  }

  @Test func `what isn't fails with the platform's words`() async throws {
    let (bodies, outcomes) = try await run([Self.line(0, "routing/idle")]) { body, _ in
      (200, Self.error(body, isRetryable: false))
    }
    #expect(bodies.count == 1)
    #expect(outcomes[0]["outcome"]?["verdict"] == "failed")
    #expect(outcomes[0]["outcome"]?["reason"] == "not now")
  }

  @Test func `a success that can't be read leaves the event unknown`() async throws {
    let (bodies, outcomes) = try await run([Self.line(0, "routing/idle")]) { _, _ in
      (200, #"{"errors":[{"#)
    }
    #expect(bodies.count == 2)
    #expect(outcomes[0]["outcome"]?["verdict"] == "unknown")
  }

  @Test func `an event that spoils a request is found by sending each alone`() async throws {
    let lines = (0..<4).map { Self.line($0, "routing/idle", agent: $0) }
    let (bodies, outcomes) = try await run(lines) { body, _ in
      body.contains(Self.agents[2]) ? (400, #"{"code":"bad.request","message":"no"}"#) : (200, "{}")
    }
    #expect(bodies.count == 5)
    let verdicts = outcomes.map { outcome in
      "\(outcome["sequence_id"]?.string ?? "") \(outcome["outcome"]?["verdict"]?.string ?? "")"
    }
    #expect(
      verdicts.sorted() == ["e-0 accepted", "e-1 accepted", "e-2 failed", "e-3 accepted"])
  }
}
