import Foundation
import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// The `http` injector and the QA sink against a server that they don't know.
struct HTTPInjectorTests {
  private static let config = #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
      "sources": { "desk": { "type": "scenario", "agents": 2, "interactions_per_agent": 2 } },
      "injectors": {
        "post": {
          "type": "http", "inputs": ["desk"], "url": "${URL}",
          "headers": { "X-Team": "qa" }, "success": 201
        }
      },
      "sinks": {
        "events": { "type": "jsonl", "inputs": ["post", "post.failed"] },
        "qa": { "type": "qa-http", "inputs": ["post"], "url": "${QA}" }
      }
    }
    """#

  @Test func `each event is one request, and the QA document follows`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
    try await Rehearsal.withSandbox([:], clock: clock) { url in
      var rehearsal = try Rehearsal()
      rehearsal.variables["URL"] = url + GenesysSandbox.qaMetricsPath
      rehearsal.variables["QA"] = url + GenesysSandbox.qaMetricsPath
      let report = try await rehearsal.run(Self.config, clock: clock)
      #expect(report.injection?.accepted == 24)
      #expect(report.failures == [])
      #expect(rehearsal.console.lines == ["Results exported to QA platform successfully"])
      let state = try await Rehearsal.get(url + GenesysSandbox.statePath)
      let documents = try #require(state["qa"]?["documents"]?.array ?? state["documents"]?.array)
      let last = try #require(documents.last)
      #expect(last["total_events"]?.integer == 24)
      #expect(last["successful_injections"]?.integer == 24)
      #expect(last["avg_latency_ms"]?.number ?? 0 > 0)
    }
  }

  @Test func `a status that isn't a success fails at once, a QA system that refuses fails the run`()
    async throws
  {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
    try await Rehearsal.withSandbox([:], clock: clock) { url in
      var rehearsal = try Rehearsal()
      rehearsal.variables["URL"] = url + "/nowhere"
      rehearsal.variables["QA"] = url + "/nowhere"
      let report = try await rehearsal.run(Self.config, clock: clock)
      #expect(report.injection?.failed == 24)
      #expect(report.injection?.attempts == 24)
      #expect(report.failures.count == 1)
      let start =
        "sinks.qa: the results were not exported after 1 attempt: HTTP 404: "
        + #"{"message":"The requested resource was not found.","code":"not.found","#
      #expect(report.failures.first?.hasPrefix(start) == true, "\(report.failures)")
      #expect(report.exitCode == .failure)
    }
  }

  @Test func `a target that isn't there is tried four times, and the events fail`() async throws {
    var rehearsal = try Rehearsal()
    // A port of the loopback interface that nothing listens on: reserved, never assigned.
    rehearsal.variables["URL"] = "http://127.0.0.1:1/events"
    rehearsal.variables["QA"] = ""
    let report = try await rehearsal.run(Self.config)
    #expect(report.injection?.failed == 24)
    #expect(report.injection?.unknown == 0)
    #expect(report.injection?.attempts == 96)
    #expect(rehearsal.console.lines == ["Results not exported: the QA sink's url is empty"])
  }

  @Test(arguments: ["array", "lines"])
  func `a request carries several events, and its answer holds for all of them`(form: String)
    async throws
  {
    let script = ScriptedEndpoint.answering { connection, request in
      connection.answer(request.text.contains("test-2") ? 422 : 202)
    }
    try await ScriptedEndpoint.run(script) { server in
      var rehearsal = try Rehearsal()
      rehearsal.variables["URL"] = server.url
      rehearsal.variables["FORM"] = form
      let lines = (0..<5).map {
        #"{"sequence_id":"test-\#($0)","agent_id":"a\#($0)","interaction_id":"i\#($0)","#
          + #""state":"s","event_type":"t","timestamp":"2026-01-01T00:00:00Z"}"#
      }
      try lines.joined(separator: "\n").write(
        toFile: rehearsal.folder + "/events.jsonl", atomically: true, encoding: .utf8)
      let report = try await rehearsal.run(
        #"""
        {
          "run": { "directory": "${FOLDER}/runs" },
          "sources": { "log": { "type": "jsonl", "path": "${FOLDER}/events.jsonl" } },
          "injectors": {
            "post": {
              "type": "http", "inputs": ["log"], "url": "${URL}", "concurrency": 1,
              "events_per_request": 2, "body": "${FORM}"
            }
          },
          "sinks": { "out": { "type": "jsonl", "inputs": ["post", "post.failed"] } }
        }
        """#)
      #expect(report.injection?.accepted == 3)
      #expect(report.injection?.failed == 2)
      #expect(server.requests.count == 3)
      let isArray = form == "array"
      let type = isArray ? "application/json" : "application/x-ndjson"
      #expect(server.requests.allSatisfy { $0.values("Content-Type") == [type] })
      #expect(Set(server.requests.flatMap { $0.values("Idempotency-Key") }).count == 3)
      let bodies = try server.requests.map { request in
        isArray
          ? try #require(JSONValue(parsing: request.text).array)
          : try request.text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
      }
      #expect(
        bodies.map { $0.map { $0["sequence_id"]?.string } } == [
          ["test-0", "test-1"], ["test-2", "test-3"], ["test-4"],
        ])
      #expect(server.requests.allSatisfy { $0.text.hasSuffix("\n") != isArray })
    }
  }
}
