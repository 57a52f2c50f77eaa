import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PipelineTesting
import Testing

/// What a plan looks like and would do, and the material made from declarations.
struct DescriptionTests {
  private func plan(_ config: String, _ variables: [String: String] = [:]) throws -> Plan {
    let result = Planner(registry: Rehearsal.registry, variables: variables)
      .plan(Array(config.utf8))
    return try #require(result.plan, "\(result.issues)")
  }

  private let config = #"""
    {
      "name": "mine",
      "connections": {
        "genesys": { "type": "genesys-cloud", "client_id": "a", "client_secret": "${SECRET}" },
        "sandbox": { "type": "genesys-sandbox", "rate_limit": "30/min", "port": 8123 }
      },
      "sources": {
        "desk": { "type": "scenario", "agents": 10, "interactions_per_agent": 2, "dwell": "1s" },
        "file": { "type": "jsonl", "path": "in.jsonl" }
      },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["desk"] } },
      "injectors": {
        "inject": {
          "type": "genesys-workspace", "inputs": ["schema"], "connection": "genesys",
          "events_per_request": 10
        },
        "send": { "type": "http", "inputs": ["file"], "url": "https://qa.example.com/e?key=hunter2" }
      },
      "correlators": { "states": { "type": "state-machine", "inputs": ["inject"] } },
      "sinks": {
        "audit": {
          "type": "audit-json",
          "inputs": [
            "states", "inject.failed", "send", "send.failed", "schema.rejected", "file.rejected"
          ],
          "path": "var/audit.json"
        }
      }
    }
    """#

  @Test func `the outlook says what a run would do`() throws {
    let outlook = PlanOutlook(try plan(config, ["SECRET": "hunter2"])).json
    #expect(
      outlook["events"] == [
        "desk": 120, "file": "unknown (one for each line of in.jsonl)",
      ])
    let requests = try #require(outlook["requests"]?.array)
    #expect(
      requests.map { $0["endpoint"]?.string } == [
        "POST /api/v2/interactions/events", "POST https://qa.example.com/e?...",
        "POST /oauth/token",
      ])
    #expect(requests[0]["count"] == ["from": 12, "to": 120])
    #expect(requests[0]["allowed"] == "30/min")
    #expect(requests[1]["count"] == "unknown (one for each line of in.jsonl)")
    #expect(outlook["remote_endpoints"] == ["POST https://qa.example.com/e?..."])
    #expect(outlook["duration"] == ["sources": .null, "allowed_rate": "3m"])
    #expect(outlook["reads"] == ["in.jsonl"])
    #expect(outlook["writes"] == ["runs/<run>/report.json", "var/audit.json"])
    #expect(outlook["listens"] == ["127.0.0.1:8123", "127.0.0.1:any free port"])
    #expect(
      outlook["secrets"]?[0] == [
        "path": "connections.genesys.client_secret", "from": "environment",
        "variables": ["SECRET"],
      ])
    #expect(!outlook.text().contains("hunter2"))
  }

  @Test func `what the outlook counts is what a run does`() async throws {
    let rehearsal = try Rehearsal()
    let text = #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "connections": {
          "genesys": { "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox" }
        },
        "sources": {
          "desk": { "type": "scenario", "agents": 3, "interactions_per_agent": 2, "dwell": "7s" }
        },
        "injectors": {
          "inject": { "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys" }
        },
        "sinks": { "audit": { "type": "audit-json", "inputs": ["inject", "inject.failed"] } }
      }
      """#
    let outlook = PlanOutlook(try #require(rehearsal.plan(text).plan))
    let report = try await rehearsal.run(text)
    #expect(outlook.emissions[0].events == .exactly(report.events.emitted))
    #expect(outlook.sendings[0].requests.count == .exactly(report.injection?.attempts ?? 0))
    #expect(outlook.sourceDuration == report.run.finishedAt.since(report.run.startedAt))
  }

  /// Each of 720 events takes a request at the tutorial's endpoint, 300 of which are let through in a
  /// minute; how many the platform's own API is sent depends on the states that they come to.
  @Test(arguments: [
    (["genesys-workspace"], 720, "at least 2m"), (["genesys-events"], 720, "up to 7m"),
    (["genesys-workspace", "genesys-workspace"], 720, "at least 4m"),
    (["genesys-workspace"], 300, "no longer"),
  ])
  func `how long requests wait is told for all that share a limit`(
    injectors: [String], events: Int, time: String
  ) throws {
    let config: JSONValue = [
      "connections": [
        "genesys": [
          "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox",
        ]
      ],
      "sources": [
        "desk": ["type": "scenario", "agents": .integer(events / 6), "interactions_per_agent": 1]
      ],
      "injectors": .object(
        injectors.enumerated().map { index, type in
          .init(
            "inject\(index)",
            ["type": .string(type), "inputs": ["desk"], "connection": "genesys"])
        }),
      "sinks": [
        "console": [
          "type": "stdout",
          "inputs": .array(
            injectors.indices.flatMap { ["inject\($0)", "inject\($0).failed"] }),
        ]
      ],
    ]
    let lines = PlanOutlook(try plan(config.text())).text.split(separator: "\n")
    #expect(
      lines.filter { $0.contains("allowed rate") }.map { $0.drop { $0 == " " } } == [
        "at the allowed rate..: \(time)"
      ])
  }

  @Test func `the graph shows ports, tasks, buffers and where events are settled`() throws {
    let text = #"""
      {
        "name": "a \"b\"",
        "sources": { "desk": { "type": "scenario" } },
        "validators": { "end": { "type": "interaction-event", "inputs": ["desk"] } },
        "correlators": { "states": { "type": "state-machine", "inputs": ["end"] } },
        "sinks": {
          "console": { "type": "stdout", "inputs": ["states"] },
          "bad": { "type": "jsonl", "inputs": ["end.rejected"] }
        }
      }
      """#
    #expect(
      PlanGraph(try plan(text)).mermaid == """
        ---
        title: "a  b "
        ---
        flowchart LR
          subgraph task0["one task"]
            s1{{"<b>end</b><br/>interaction-event"}}
            s2[/"<b>states</b><br/>state-machine"/]
          end
          s0(["<b>desk</b><br/>scenario"])
          s3[("<b>console</b><br/>stdout<br/>settles: delivered")]
          s4[("<b>bad</b><br/>jsonl<br/>records only")]
          s1_rejected(("rejected"))
          s1 -.-> s1_rejected
          s0 -- "8 x 256" --> s1
          s1 -- "call" --> s2
          s2 -- "8 x 256" --> s3
          s1_rejected -. "8 x 256" .-> s4

        """)
  }

  @Test func `what is made from declarations is fresh`() throws {
    func file(_ name: String) -> String {
      (try? String(contentsOf: Repository.root.appending(path: name), encoding: .utf8)) ?? ""
    }
    let registry = Rehearsal.registry
    let made = [
      "patchbay.schema.json": ConfigurationSchema.document(registry).text(.pretty) + "\n",
      "patchbay-test.schema.json": TestFile.schema.text(.pretty) + "\n",
      "docs/reference/stages.md": TypeReference.page(TypeReference.all(registry)),
      "docs/reference/diagnostics.md": ConfigIssue.Code.page(ConfigIssue.Code.all),
    ]
    for (name, text) in made {
      #expect(file(name) == text, "\(name) is not fresh; run make docs")
    }
  }

  @Test func `every code has an id of its own, a cause and a cure`() {
    let codes = ConfigIssue.Code.all
    #expect(Set(codes.map(\.id)).count == codes.count)
    for code in codes {
      #expect(code.id.hasPrefix("PB") && code.id.count == 6)
      #expect(code.cause.hasSuffix("."), "\(code.id)")
      #expect(code.cure.hasSuffix("."), "\(code.id)")
      #expect(ConfigIssue.Code.named(code.id.lowercased()) == code)
      #expect(code.explanation.hasPrefix("\(code.id): \(code.title)\n"))
    }
  }

  @Test func `the test format declares its options soundly`() {
    #expect(TestFile.declarationProblems() == [])
  }
}
