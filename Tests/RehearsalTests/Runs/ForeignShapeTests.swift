import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A service whose events have another shape is fed, replayed from and judged by configuration alone.
@Suite(.timeLimit(.minutes(2)))
struct ForeignShapeTests {
  /// Members of other names, one inside another object; times in milliseconds; five words of its own.
  private static let mapping = #"""
    "connections": {
      "crm": {
        "type": "mapping",
        "members": {
          "sequence_id": "eventNo", "timestamp": "at", "interaction_id": "call.ref",
          "agent_id": "who", "state": "what"
        },
        "time_format": "epoch-ms",
        "states": {
          "routing/agent/available": "FREE", "routing/agent/busy": "RING",
          "interaction/media/connected": "TALK", "interaction/media/disconnected": "DONE",
          "routing/agent/wrapping": ["NOTES", "ACW"]
        },
        "constants": { "version": 2 },
        "defaults": { "event_type": "routing/agent/state" }
      }
    }
    """#

  private static let injector = #"""
    "type": "http", "url": "${URL}", "body": { "wrapped": { "in": "events" } },
    "events_per_request": 10, "mapping": "crm",
    "errors": { "in": "errors", "index": "index", "reason": "why" }
    """#

  /// The service: it takes a request as a whole or not at all, and names the first event that it doesn't like.
  private final class Service: Sendable {
    private static let words = ["FREE", "RING", "TALK", "DONE", "NOTES"]
    private let state = Mutex<(taken: [JSONValue], refusals: [Int])>(([], []))
    /// An agent of whom it takes no talk.
    let disliked: String?

    init(disliking agent: String? = nil) { disliked = agent }

    var taken: [JSONValue] { state.withLock { $0.taken } }
    /// How many events there were in each request that it refused.
    var refusals: [Int] { state.withLock { $0.refusals } }

    func answer(_ connection: EndpointConnection, _ request: ReceivedRequest) {
      let events = (try? JSONValue(parsing: request.body))?["events"]?.array ?? []
      let wrong = events.indices.filter { problem(events[$0]) != nil }
      state.withLock { state in
        if wrong.isEmpty { state.taken += events } else { state.refusals.append(events.count) }
      }
      guard !events.isEmpty, wrong.isEmpty else {
        let errors = wrong.prefix(1).map { index -> JSONValue in
          ["index": .integer(index), "why": .string(problem(events[index]) ?? "")]
        }
        return connection.answer(400, JSONValue.object([.init("errors", .array(errors))]).text())
      }
      connection.answer(202)
    }

    private func problem(_ event: JSONValue) -> String? {
      let names = event.object?.map(\.name) ?? []
      if names != ["eventNo", "at", "call", "who", "what", "version"] {
        return "members are \(names)"
      }
      if event["at"]?.integer == nil || event["version"] != 2 { return "at or version" }
      guard let word = event["what"]?.string, Self.words.contains(word) else { return "word" }
      if word == "TALK", event["who"]?.string == disliked { return "nobody talks to that one" }
      return event["call"]?["ref"]?.string == nil ? "no call" : nil
    }
  }

  @Test func `a scenario is sent in its shape`() async throws {
    let service = Service()
    var rehearsal = try Rehearsal()
    let report = try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { service.answer($0, $1) }
    ) { endpoint in
      rehearsal.variables["URL"] = endpoint.url + "/events"
      return try await rehearsal.run(
        #"""
        {
          "run": { "clock": "virtual", "directory": "${FOLDER}/runs" }, \#(Self.mapping),
          "sources": { "desk": { "type": "scenario", "agents": 3, "interactions_per_agent": 4 } },
          "injectors": { "send": { "inputs": ["desk"], \#(Self.injector) } },
          "correlators": {
            "states": { "type": "state-machine", "inputs": ["send", "send.failed"] }
          },
          "sinks": { "out": { "type": "jsonl", "inputs": ["states"], "mapping": "crm" } }
        }
        """#)
    }
    #expect(report.failures == [])
    #expect(report.injection?.accepted == 3 * 4 * 6)
    #expect(service.refusals == [])
    // What the file holds is what the service got.
    let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
    let written = Set(lines.map { String(decoding: $0, as: UTF8.self) })
    #expect(written == Set(service.taken.map { $0.text() }))
    #expect(written.count == 3 * 4 * 6)
  }

  @Test func `an event that an answer names fails alone, and the others are sent again`()
    async throws
  {
    var rehearsal = try Rehearsal()
    let agent = "00000000-0000-4000-8000-00000000000b"
    var lines: [String] = []
    for (number, word) in ["FREE", "RING", "TALK", "DONE", "ACW"].enumerated() {
      for (place, who) in ["00000000-0000-4000-8000-00000000000a", agent].enumerated() {
        lines.append(
          #"{"eventNo":"\#(number)-\#(place)","at":\#(1_770_000_000_000 + number * 1_000),"#
            + #""call":{"ref":"00000000-0000-4000-8000-0000000000c\#(place)"},"who":"\#(who)","#
            + #""what":"\#(word)","version":2}"#)
      }
    }
    // As the service keeps its log: an array in an object.
    try Data("{\"count\": 10, \"events\": [\(lines.joined(separator: ",\n"))]}".utf8)
      .write(to: URL(filePath: rehearsal.folder + "/log.json"))
    let service = Service(disliking: agent)
    let report = try await ScriptedEndpoint.run(
      ScriptedEndpoint.answering { service.answer($0, $1) }
    ) { endpoint in
      rehearsal.variables["URL"] = endpoint.url + "/events"
      return try await rehearsal.run(
        #"""
        {
          "run": { "clock": "virtual", "directory": "${FOLDER}/runs" }, \#(Self.mapping),
          "sources": {
            "log": {
              "type": "records", "path": "${FOLDER}/log.json", "mapping": "crm",
              "format": { "json-array": { "in": "events" } }, "pace": "as-fast-as-possible"
            }
          },
          "validators": { "schema": { "type": "interaction-event", "inputs": ["log"] } },
          "injectors": { "send": { "inputs": ["schema"], \#(Self.injector) } },
          "correlators": {
            "states": { "type": "state-machine", "inputs": ["send", "send.failed"] }
          },
          "sinks": { "out": { "type": "jsonl", "inputs": ["states"] } }
        }
        """#)
    }
    #expect(report.failures == [])
    #expect(report.events.rejected == 0)
    #expect(report.injection?.accepted == 9)
    #expect(report.injection?.failed == 1)
    #expect(service.refusals.contains { $0 > 1 })
    // Each once, and in the order of each agent.
    let taken = service.taken.compactMap { $0["eventNo"]?.string }
    #expect(taken.count == 9 && Set(taken).count == 9)
    #expect(taken.filter { $0.hasSuffix("-0") } == ["0-0", "1-0", "2-0", "3-0", "4-0"])
    #expect(taken.filter { $0.hasSuffix("-1") } == ["0-1", "1-1", "3-1", "4-1"])
    let records = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
    let failed = try #require(records.first { $0["outcome"]?["verdict"] == "failed" })
    #expect(failed["sequence_id"] == "2-1")
    #expect(failed["timestamp"]?.string == "2026-02-02T02:40:02.000000000Z")
    #expect(failed["outcome"]?["code"] == "event.refused")
    #expect(failed["outcome"]?["reason"] == "HTTP 400: nobody talks to that one")
    #expect(failed["outcome"]?["line"] == 6)
    // What was sent again has been sent twice.
    #expect(
      records.contains {
        $0["outcome"]?["verdict"] == "accepted" && $0["outcome"]?["attempts"] == 2
      })
    // A talk that failed never began.
    #expect(report.stages.first { $0.name == "states" }?.findings["mismatches"] == 1)
  }

  @Test func `what its log says is judged, line by line`() async throws {
    let rehearsal = try Rehearsal()
    let agent = "00000000-0000-4000-8000-00000000000a"
    let head = #"{"eventNo":"1","at":1770000000000,"call":{"ref":"\#(agent)"},"who":"\#(agent)""#
    let lines = [
      head + #","what":"FREE","version":2}"#,
      head.replacing("\"1\"", with: "\"2\"") + #","what":"TALK","version":2}"#,
      head + #","what":"FREE","version":3}"#,
      head.replacing("\"1\"", with: "\"4\"") + #","what":"LUNCH"}"#,
      #"{"eventNo":"5","at":"noon","who":"\#(agent)","what":"FREE","call":{"ref":"\#(agent)"}}"#,
      #"{"eventNo":"6","at":[1],"who":"\#(agent)","what":"FREE"}"#,
      "[1]",
    ]
    try Data(lines.joined(separator: "\n").utf8)
      .write(to: URL(filePath: rehearsal.folder + "/log.jsonl"))
    let report = try await rehearsal.run(
      #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" }, \#(Self.mapping),
        "sources": {
          "log": { "type": "jsonl", "path": "${FOLDER}/log.jsonl", "mapping": "crm" }
        },
        "validators": { "schema": { "type": "interaction-event", "inputs": ["log"] } },
        "correlators": { "states": { "type": "state-machine", "inputs": ["schema"] } },
        "sinks": {
          "out": { "type": "jsonl", "inputs": ["states", "schema.rejected", "log.rejected"] }
        }
      }
      """#)
    #expect(report.stages.first { $0.name == "states" }?.findings["mismatches"] == 1)
    let records = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
    let reasons = records.compactMap {
      $0["outcome"]?["reason"]?.string?.replacing(rehearsal.folder, with: "")
    }
    #expect(
      reasons.sorted() == [
        "/log.jsonl:3:1: version: expected 2, found 3",
        "/log.jsonl:5:1: at: expected a time (epoch-ms), found \"noon\"",
        "/log.jsonl:6:1: at: expected a text or a number, found an array",
        "/log.jsonl:7:1: expected an object, found an array",
        "state \"LUNCH\" is none of routing/agent/available, routing/agent/busy, "
          + "interaction/media/connected, interaction/media/disconnected, routing/agent/wrapping",
      ])
  }

  @Test func `without a mapping, lines of another shape are no events, and it is said what to do`()
    async throws
  {
    let rehearsal = try Rehearsal()
    try Data(
      #"""
      {"eventNo":"1","at":1770000000000,"who":"a","what":"FREE"}
      {}
      {"state":"routing/agent/available","what":"FREE"}
      """#.utf8
    ).write(to: URL(filePath: rehearsal.folder + "/log.jsonl"))
    let report = try await rehearsal.run(
      #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "sources": { "log": { "type": "jsonl", "path": "${FOLDER}/log.jsonl" } },
        "sinks": { "out": { "type": "jsonl", "inputs": ["log", "log.rejected"] } }
      }
      """#)
    #expect(report.events.delivered == 1)
    let records = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
    let reasons = records.compactMap {
      $0["outcome"]?["reason"]?.string?.replacing(rehearsal.folder, with: "")
    }
    let members =
      "has none of an event's members (sequence_id, timestamp, interaction_id, agent_id, state, event_type); it has "
    let cure = "; if that is how these events look, say so by a connection of type \"mapping\""
    #expect(
      reasons == [
        "/log.jsonl:1:1: \(members)\"eventNo\", \"at\", \"who\", \"what\"\(cure)",
        "/log.jsonl:2:1: \(members)no members\(cure)",
      ])
  }

  @Test func `what can't be done by a mapping is said before a run`() throws {
    let rehearsal = try Rehearsal()
    func issues(_ members: String, _ stages: String, _ more: String = "") -> [String] {
      let result = rehearsal.plan(
        #"""
        {
          "connections": { "crm": { "type": "mapping", "members": \#(members) \#(more) } },
          "sources": { "desk": { "type": "scenario" } },
          "sinks": { "out": { "type": "stdout", "inputs": ["desk"] }, \#(stages) }
        }
        """#)
      return result.issues.map { "\($0.code.id): \($0.message)" }
    }
    let file = #""file": { "type": "jsonl", "inputs": ["desk"], "mapping": "crm" }"#
    #expect(
      issues(#"{ "state": "steps[last].what" }"#, file).first
        == "PB0402: its member \"state\" is at \"steps[last].what\", which can be read and not written: only a "
        + "path of names can")
    #expect(
      issues(#"{ "state": "a.b", "agent_id": "a" }"#, file).first
        == "PB0402: two things would stand at \"a\", or one inside the other; give each a place of its own"
    )
    let qa = #""qa": { "type": "qa-http", "url": "", "inputs": ["desk"], "mapping": "crm" }"#
    #expect(
      issues(#"{ "state": "a" }"#, qa).first
        == "PB0402: its member \"state\" is none of the document's: total_events, successful_injections, "
        + "state_mismatches, avg_latency_ms, timestamp, checkpoints")
    #expect(issues(#"{ "total_events": "n.all", "timestamp": "at" }"#, qa) == [])
    #expect(
      issues(
        #"{ "state": "a" }"#, file, #", "states": { "x": ["A", "B"], "y": "A" }"#
      ).first == "PB0102: \"A\" stands for \"x\" already; one word can't mean two states")
  }
}
