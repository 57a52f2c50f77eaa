import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Reports
import Testing

/// Thresholds on one state or endpoint, and those that end a run.
@Suite(.timeLimit(.minutes(2)))
struct ThresholdRunTests {
  private func config(_ thresholds: String, fault: String = "", options: String = "") -> String {
    #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs"\#(options) },
      "connections": {
        "sandbox": {
          "type": "genesys-sandbox", "rate_limit": "off"\#(fault)
        },
        "genesys": {
          "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox"
        }
      },
      "sources": {
        "desk": { "type": "scenario", "agents": 2, "interactions_per_agent": 50, "dwell": "1s" }
      },
      "injectors": {
        "inject": {
          "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys",
          "retry": { "attempts": 1 }
        }
      },
      "sinks": {
        "lines": { "type": "jsonl", "ledger": true, "inputs": ["inject", "inject.failed"] }
      },
      "thresholds": { \#(thresholds) }
    }
    """#
  }

  @Test func `a threshold on a state or an endpoint counts its events alone`() async throws {
    let rehearsal = try Rehearsal()
    let text = config(
      #"""
      "latency.max{state=routing/agent/busy}": "> 0",
      "response.p99{endpoint=POST /api/v2/interactions/events}": "< 60000",
      "latency.p50{state=no such state}": "> 0"
      """#)
    let report = try await rehearsal.run(text)
    #expect(report.thresholds.map(\.passed) == [true, true, false])
    #expect(report.thresholds.last?.value == nil)
    let states = try #require(report.injection?.labelled[.state])
    #expect(states.count > 3)
    #expect(states.reduce(0) { $0 + $1.latency.count } == report.injection?.accepted)
    let summary = TerminalSummary(report).text
    #expect(summary.contains("LATENCY by state"))
    #expect(summary.contains("LATENCY by endpoint"))
    let by = report.json["injection"]?["by"]
    #expect(by?["endpoint"]?["POST /api/v2/interactions/events"]?["latency"]?["count"] != nil)
  }

  @Test func `latencies are told apart only if somebody asks`() async throws {
    let rehearsal = try Rehearsal()
    let plain = try await rehearsal.run(config(""))
    #expect(plain.injection?.labelled.isEmpty == true)
    let asked = try await rehearsal.run(config("", options: #", "latency_by": ["state"]"#))
    #expect(asked.injection?.labelled.keys.map(\.self) == [.state])
  }

  @Test func `a lost threshold ends the run if it says so, and stays lost`() async throws {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(
      config(
        #""injection.failed": { "is": "< 3", "abort": true, "after": "20s" }"#,
        fault: #", "faults": { "server_error": 0.5 }"#))
    #expect(report.run.ending == .threshold)
    #expect(report.exitCode == .threshold)
    let threshold = try #require(report.thresholds.first)
    #expect(!threshold.passed)
    #expect((threshold.value ?? 0) >= 3)
    // It was looked at when its time had come, not before; and the report is whole.
    let time = report.run.finishedAt.since(report.run.startedAt)
    #expect(time >= .seconds(20) && time < .seconds(40))
    #expect(report.events.isBalanced)
    #expect(report.events.emitted < 600)
    #expect(report.notices.contains { $0.hasPrefix("ended by the threshold injection.failed < 3") })
    #expect(TerminalSummary(report).text.contains("stopped: a threshold was lost"))
    #expect(try rehearsal.file("report.json") != nil)
  }

  @Test func `a threshold that holds ends nothing, nor one without a value`() async throws {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(
      config(
        #"""
        "injection.failed": { "is": "== 0", "abort": true },
        "latency.p50{state=no such state}": { "is": "< 5", "abort": true }
        """#))
    #expect(report.run.ending == .completed)
    #expect(report.thresholds.map(\.passed) == [true, false])
  }

  /// What `jsonl` writes on request.
  @Test func `the ledger of each event adds up`() async throws {
    let rehearsal = try Rehearsal()
    _ = try await rehearsal.run(config("", fault: #", "faults": { "rate_limited": 0.2 }"#))
    let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 10)
    #expect(lines.count == 600)
    for line in lines {
      let outcome = try #require(try JSONValue(parsing: Array(line))["outcome"])
      let ledger = try #require(outcome["ledger"]?.object)
      func sum(_ members: [JSONValue.Member]) -> Int {
        members.filter { $0.name.hasSuffix("_ns") && $0.name != "total_ns" }
          .reduce(0) { $0 + ($1.value.integer ?? 0) }
      }
      let whole = outcome["ledger"]?["total_ns"]?.integer
      #expect(sum(ledger) == whole)
      let attempts = try #require(outcome["ledger"]?["attempts"]?.array)
      #expect(attempts.count == outcome["attempts"]?.integer)
      for attempt in attempts {
        #expect(sum(attempt.object ?? []) == attempt["total_ns"]?.integer)
        #expect(attempt["endpoint"] == "POST /api/v2/interactions/events")
        #expect(attempt["first_byte_ns"] != nil)
        // An address needs no look-up, and plain HTTP no handshake.
        #expect(attempt["name_lookup_ns"] == nil && attempt["tls_ns"] == nil)
      }
    }
  }
}
