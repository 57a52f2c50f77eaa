import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A plan may be run again, and the second run knows nothing of the first.
struct PlanReuseTests {
  private static func config(injector: String, machine: String) -> String {
    #"""
    {
      "run": { "seed": 3, "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "genesys": {
          "type": "genesys-cloud", "region": "http://127.0.0.1:9", "client_id": "c",
          "client_secret": "s"
        }
      },
      "sources": {
        "desk": {
          "type": "scenario", "machine": "\#(machine)", "agents": 3, "interactions_per_agent": 2
        }
      },
      "injectors": {
        "inject": {
          "type": "\#(injector)", "inputs": ["desk"], "connection": "genesys", "concurrency": 1,
          "retry": { "attempts": 1 }
        }
      },
      "correlators": {
        "states": {
          "type": "state-machine", "inputs": ["inject", "inject.failed"], "machine": "\#(machine)"
        }
      },
      "sinks": { "events": { "type": "jsonl", "inputs": ["states"] } }
    }
    """#
  }

  /// A network that gives a token, and one answer to everything else.
  private static func network(_ status: Int) -> ScriptedNetwork {
    ScriptedNetwork { request in
      request.url.hasSuffix("/oauth/token")
        ? .answer(200, [:], ["access_token": "t", "token_type": "bearer", "expires_in": 86_400])
        : .answer(status, [:], .object([]))
    }
  }

  /// Runs one plan once for each network.
  private func run(_ config: String, _ networks: [ScriptedNetwork]) async throws -> [RunReport] {
    let rehearsal = try Rehearsal()
    let plan = try #require(rehearsal.plan(config).plan)
    var reports: [RunReport] = []
    for network in networks {
      var environment = RunEnvironment(
        console: rehearsal.console, input: rehearsal.input, logger: Rehearsal.logger)
      environment.values.network = network
      reports.append(await PipelineRun(plan, in: environment).run())
    }
    return reports
  }

  @Test(arguments: [("agent-desktop", 15), ("genesys-cloud", 15)])
  func `both runs of one plan send the same requests`(
    machine: String, least: Int
  ) async throws {
    let networks = [Self.network(200), Self.network(200)]
    let reports = try await run(
      Self.config(injector: "genesys-events", machine: machine), networks)
    let bodies = networks.map { network in
      network.requests.map { "\($0.url) \(String(decoding: $0.body, as: UTF8.self))" }
    }
    #expect(bodies[0].count >= least)
    #expect(bodies[0] == bodies[1])
    let findings = reports.map { $0.stages.map(\.findings) }
    #expect(findings[0] == findings[1])
    #expect(reports.allSatisfy { $0.failures.isEmpty })
  }

  @Test func `help for what the first run was refused isn't given again`() async throws {
    let reports = try await run(
      Self.config(injector: "genesys-workspace", machine: "agent-desktop"),
      [Self.network(403), Self.network(202)])
    let notes = reports.map { $0.stages.flatMap(\.findings.notes) }
    #expect(notes[0].count == 1)
    #expect(notes[1] == [])
  }
}
