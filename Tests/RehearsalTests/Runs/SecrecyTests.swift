import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Reports
import Testing

/// A secret is never shown, whatever is printed.
struct SecrecyTests {
  /// Configurations that hold a secret in all sorts of right and wrong places.
  static let configs: [String] = [
    #""client_secret": "hunter2""#, #""client_secret": "${SECRET}""#,
    #""client_secret": "x${SECRET}y""#, #""client_secret": ["hunter2"]"#,
    #""client_secret": { "hunter2": "hunter2" }"#, #""client_secrt": "hunter2""#,
    #""client_secret": "hunter2", "client_secret": "hunter2""#, #""client_secret": "hunter2"#,
    #""client_secret": hunter2"#, #""client_secret": 'hunter2'"#,
    #""client_secret": "hunter2\q""#, #""client_secret": "hunter2" "timeout": "1s""#,
    #""client_secret": "hunter2", "timeout": 5"#, #""client_secret": "${SECRET", "timeout": "1s""#,
    #""client_secret": "${SECRET?hunter2}""#, #""client_secret": "hunter2", "region": "nowhere""#,
    #""client_secret": "hunter2", "retry": { "hunter2": 1 , "attempts": "${SECRET}" }"#,
    #""client_secret": null, "region": "http://user:hunter2@127.0.0.1:1/""#,
    #""client_secret": "hunter2", "region": "${SECRET}""#,
    #""client_secret": "hunter2", "timeout": "${SECRET}""#,
  ]

  private func text(_ options: String) -> [UInt8] {
    Array(
      #"""
      {
        "connections": { "genesys": { "type": "genesys-cloud", "client_id": "a", \#(options) } },
        "sources": { "desk": { "type": "scenario" } },
        "injectors": {
          "send": { "type": "http", "inputs": ["desk"], "url": "http://127.0.0.1:1/${SECRET}?k=v",
            "headers": { "Authorization": "Bearer ${SECRET}", "X": "hunter2" } },
          "inject": { "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys" }
        },
        "sinks": { "out": { "type": "jsonl",
          "inputs": ["send", "send.failed", "inject", "inject.failed"] } }
      }
      """#.utf8)
  }

  /// Every output that a configuration can lead to, without running it.
  private func outputs(_ result: PlanResult) -> [(String, String)] {
    let diagnostics = Diagnostics(result.issues, sources: result.sources)
    var outputs = [
      ("lines", diagnostics.lines.joined(separator: "\n")),
      ("excerpts", diagnostics.excerpts(colored: false)),
      ("colours", diagnostics.excerpts(colored: true)),
      ("JSON", diagnostics.json.text()),
      ("SARIF", diagnostics.sarif(version: "1").text()),
    ]
    if let plan = result.plan {
      var dumped = ""
      dump(plan.stages.map(\.options), to: &dumped)
      outputs += [
        ("graph", PlanGraph(plan).mermaid), ("options", dumped),
        ("secrets", "\(plan.secrets) \(plan.variables)"),
      ]
      // An address is no secret option; what stands in its path is shown as it is.
      let outlook = PlanOutlook(plan)
      outputs += [("plan", outlook.text), ("plan JSON", outlook.json.text())]
    }
    return outputs.map { ($0, $1.replacing("127.0.0.1:1/hunter2", with: "")) }
  }

  @Test(arguments: configs)
  func `no output of a configuration shows it`(options: String) throws {
    let planner = Planner(registry: Rehearsal.registry, variables: ["SECRET": "hunter2"])
    let result = planner.plan(text(options))
    for (kind, output) in outputs(result) where output.contains("hunter2") {
      // A member's name is no value: it is shown where it is unknown.
      let withoutNames = output.replacing("retry.hunter2", with: "")
        .replacing("\"hunter2\":", with: "")
      #expect(!withoutNames.contains("hunter2"), "\(kind): \(output)")
    }
  }

  @Test(arguments: [
    "connections.genesys.client_secret=hunter2", "connections.genesys.client_secret=[\"hunter2\"]",
    "connections.genesys.client_secrt=hunter2", "connections.genesys.client_secret.x=hunter2",
    "connections.genesys[0]=hunter2", "injectors.send.headers.Authorization=hunter2",
    "injectors.send.headers=hunter2",
  ])
  func `no output of a setting shows it`(setting: String) {
    var overrides = ConfigurationOverrides()
    overrides.settings = [setting]
    let planner = Planner(registry: Rehearsal.registry, variables: ["SECRET": "sesame"])
    let config = String(decoding: text(#""client_secret": "${SECRET}""#), as: UTF8.self)
      .replacing("hunter2", with: "sesame")
    let result = planner.plan(Array(config.utf8), overrides: overrides)
    for (kind, output) in outputs(result) {
      #expect(!output.contains("hunter2"), "\(kind): \(output)")
    }
  }

  /// Runs with a secret that the sandbox takes or refuses; everything that the run has left.
  private func run(sandboxSecret: String) async throws -> (RunReport, String) {
    var rehearsal = try Rehearsal()
    rehearsal.variables = ["SECRET": "hunter2", "SANDBOX": sandboxSecret]
    let report = try await rehearsal.run(
      #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "connections": {
          "sandbox": { "type": "genesys-sandbox", "client_secret": "${SANDBOX}" },
          "genesys": { "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "${SECRET}" }
        },
        "sources": { "desk": { "type": "scenario", "agents": 1, "interactions_per_agent": 1 } },
        "injectors": {
          "inject": { "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys" }
        },
        "sinks": {
          "audit": { "type": "audit-json", "inputs": ["inject", "inject.failed"] },
          "console": { "type": "stdout", "inputs": ["inject", "inject.failed"] }
        }
      }
      """#)
    var left = report.json.text() + TerminalSummary(report).text + rehearsal.console.text
    for file in try FileManager.default.subpathsOfDirectory(atPath: rehearsal.folder) {
      let bytes = FileManager.default.contents(atPath: rehearsal.folder + "/" + file) ?? Data()
      left += String(decoding: bytes, as: UTF8.self)
    }
    return (report, left)
  }

  @Test func `a run writes it nowhere, whether it is refused or accepted`() async throws {
    let (refused, leftByRefused) = try await run(sandboxSecret: "other")
    // The login is refused: that is where a careless message would show it.
    #expect(!refused.failures.isEmpty)
    #expect(!leftByRefused.contains("hunter2"))
    let (accepted, leftByAccepted) = try await run(sandboxSecret: "hunter2")
    #expect(accepted.injection?.accepted == 6)
    #expect(!leftByAccepted.contains("hunter2"))
  }
}
