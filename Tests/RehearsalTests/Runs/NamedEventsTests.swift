import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Whatever is the matter with an event, every output says with which one, and where it stood.
struct NamedEventsTests {
  private static let config = #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
      "sources": { "file": { "type": "jsonl", "path": "${FOLDER}/in.jsonl" } },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["file"], "window": 1 } },
      "correlators": { "states": { "type": "state-machine", "inputs": ["schema"] } },
      "sinks": {
        "console": { "type": "stdout", "inputs": ["states", "file.rejected", "schema.rejected"] },
        "audit": {
          "type": "audit-json", "inputs": ["states", "file.rejected", "schema.rejected"]
        },
        "lines": { "type": "jsonl", "inputs": ["states", "file.rejected", "schema.rejected"] }
      }
    }
    """#

  private static let agent = "11111111-1111-4111-8111-111111111111"
  private static let call = "22222222-2222-4222-8222-222222222222"

  private static func event(_ id: String, _ state: String, second: Int) -> String {
    #"{"sequence_id":"\#(id)","timestamp":"2026-01-14T09:00:0\#(second).000000000Z","#
      + #""interaction_id":"\#(call)","agent_id":"\#(agent)","state":"\#(state)","#
      + #""event_type":"routing/agent/state"}"#
  }

  /// One of each: in line 2 no JSON, in 3 a step that is forbidden, in 4 an id that had come before, in 5
  /// a time before the last one, in 6 an id that is no UUID.
  private static let input = [
    event("first", "routing/agent/busy", second: 1),
    "{ this is no JSON",
    event("forbidden", "routing/agent/wrapping", second: 2),
    event("first", "routing/agent/busy", second: 3),
    event("late", "routing/agent/available", second: 1),
    event("foreign", "routing/agent/busy", second: 4).replacing(agent, with: "bob"),
    event("open", "routing/agent/busy", second: 5),
  ]

  private struct Found: Equatable, CustomStringConvertible {
    let what: [String]
    let id: String
    let line: Int

    var description: String { "\(what) \(id) line \(line)" }
  }

  private static let expected = [
    Found(what: ["rejected"], id: "line-2", line: 2),
    Found(what: ["mismatches"], id: "forbidden", line: 3),
    Found(what: ["duplicates"], id: "first", line: 4),
    Found(what: ["out_of_order"], id: "late", line: 5),
    Found(what: ["rejected"], id: "foreign", line: 6),
  ]

  private func run() async throws -> (Rehearsal, RunReport) {
    let rehearsal = try Rehearsal()
    try Self.input.joined(separator: "\n")
      .write(toFile: rehearsal.folder + "/in.jsonl", atomically: true, encoding: .utf8)
    return (rehearsal, try await rehearsal.run(Self.config))
  }

  /// What a record says: in JSON lines in `outcome`, in the audit beside the rest.
  private func found(_ record: JSONValue, _ outcome: JSONValue, _ verdict: String?) -> Found? {
    var what = (outcome["found"]?.array ?? []).compactMap(\.string)
    if verdict == "rejected" { what.append("rejected") }
    guard !what.isEmpty else { return nil }
    return Found(
      what: what, id: record["sequence_id"]?.string ?? "", line: outcome["line"]?.integer ?? 0)
  }

  @Test func `JSON lines and the audit name each with its line`() async throws {
    let (rehearsal, _) = try await run()
    let lines = try #require(try rehearsal.file("lines.jsonl") ?? rehearsal.file("events.jsonl"))
      .split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
      .compactMap { line in
        found(line, line["outcome"] ?? .null, line["outcome"]?["verdict"]?.string)
      }
    #expect(lines.sorted { $0.line < $1.line } == Self.expected)
    let audit = try JSONValue(parsing: try #require(try rehearsal.file("workspace_sim_audit_")))
    let records = (audit.array ?? []).compactMap { found($0, $0, $0["outcome"]?.string) }
    #expect(records.sorted { $0.line < $1.line } == Self.expected)
    let inputs = (audit.array ?? []).compactMap { $0["input"]?.string }
    #expect(inputs == Array(repeating: rehearsal.folder + "/in.jsonl", count: 5))
  }

  @Test func `the console names each with its line`() async throws {
    let (rehearsal, _) = try await run()
    let place = rehearsal.folder + "/in.jsonl"
    let rest = "(agent \(Self.agent), interaction \(Self.call), 2026-01-14T09:00:0"
    let printed = Set(rehearsal.console.lines)
    #expect(
      printed.contains(
        "State mismatch at event forbidden: routing/agent/busy -> routing/agent/wrapping "
          + "\(rest)2.000000000Z, \(place):3)"), "\(printed)")
    #expect(
      printed.contains(
        "Duplicate at event first: routing/agent/busy \(rest)3.000000000Z, \(place):4)"))
    #expect(
      printed.contains(
        "Out of order at event late: routing/agent/available \(rest)1.000000000Z, \(place):5)"))
    #expect(printed.contains { $0.hasPrefix("Rejected event line-2: \(place):2:") })
    #expect(
      printed.contains { $0.hasPrefix("Rejected event foreign: ") && $0.hasSuffix("(\(place):6)") })
  }

  @Test func `the report names each with its line, and what is unfinished`() async throws {
    let (_, report) = try await run()
    let events = report.stages.flatMap(\.findings.events)
    let found = events.filter { $0.kind != "unfinished" }
      .map { Found(what: [$0.kind], id: $0.sequenceID, line: $0.place?.line ?? 0) }
    #expect(found.sorted { $0.line < $1.line } == Self.expected)
    #expect(
      events.filter { $0.kind == "rejected" }.map(\.code) == [
        "line.malformed", "agent_id.not_uuid",
      ])
    let unfinished = events.filter { $0.kind == "unfinished" }
    #expect(unfinished.map(\.sequenceID) == ["open"])
    #expect(unfinished.map(\.agentID) == [Self.agent])
    #expect(unfinished.map(\.interactionID) == [Self.call])
    #expect(unfinished.map(\.to) == ["routing/agent/busy"])
    #expect(unfinished.map(\.timestamp) == ["2026-01-14T09:00:05.000000000Z"])
    #expect(unfinished.map(\.place?.line) == [7])
  }
}
