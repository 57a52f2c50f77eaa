import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Reports
import Testing

/// Runs against a sandbox with a rate limit meet no 429.
@Suite(.timeLimit(.minutes(2)))
struct RateLimitRunTests {
  private func config(_ injectors: String, inputs: String) -> String {
    #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "sandbox": { "type": "genesys-sandbox", "rate_limit": "300/min" },
        "limits": { "type": "limits" },
        "genesys": {
          "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox"
        }
      },
      "sources": {
        "desk": {
          "type": "scenario", "agents": 20, "interactions_per_agent": 6, "dwell": "100ms"
        }
      },
      "injectors": { \#(injectors) },
      "sinks": { "audit": { "type": "audit-json", "inputs": [\#(inputs)] } }
    }
    """#
  }

  private static func injector(_ name: String) -> String {
    #""\#(name)": { "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys" }"#
  }

  private static func held(_ metric: String, _ stage: String, _ report: RunReport) -> Double? {
    report.stages.first { $0.name == stage }?.findings[metric]
  }

  @Test func `one injector waits for two windows to end, and says so`() async throws {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(config(Self.injector("inject"), inputs: #""inject""#))
    let injection = try #require(report.injection)
    #expect(injection.accepted == 720)
    #expect(injection.attempts == 720)
    #expect(injection.statuses.map(\.status) == [202])
    let took = report.run.finishedAt.since(report.run.startedAt)
    #expect(took >= .seconds(119) && took < .seconds(125))
    let held = try #require(Self.held("held_ms", "inject", report))
    #expect(held > 110_000 && held < 125_000)
    let summary = TerminalSummary(report).text
    #expect(summary.contains("waited for the rate limit of genesys"))
    #expect(summary.contains("300 a window, as its answers say"))
  }

  @Test func `two injectors of one connection share it`() async throws {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(
      config(
        Self.injector("one") + ", " + Self.injector("two"),
        inputs: #""one", "one.failed", "two", "two.failed""#))
    let injection = try #require(report.injection)
    #expect(injection.accepted == 1_440)
    #expect(injection.attempts == 1_440)
    for name in ["one", "two"] {
      let held = try #require(Self.held("requests_held", name, report))
      #expect(held > 0)
    }
  }
}
