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
}
