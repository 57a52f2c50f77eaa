import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Stopped by a signal or killed, the program leaves files that can be read.
@Suite(.needsProgram, .waitsForPrograms, .serialized)
struct StopTests {
  /// A run that would take hours, prints each event and audits it.
  private static let endless = #"""
    {
      "run": { "seed": 3 },
      "connections": {
        "sandbox": { "type": "genesys-sandbox", "rate_limit": "off" },
        "genesys": { "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox" }
      },
      "sources": {
        "desk": {
          "type": "scenario", "agents": 20, "interactions_per_agent": 100000, "dwell": "5ms"
        }
      },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["desk"] } },
      "injectors": {
        "inject": { "type": "genesys-workspace", "inputs": ["schema"], "connection": "genesys" }
      },
      "sinks": {
        "audit": { "type": "audit-json", "inputs": ["inject", "inject.failed"] },
        "console": { "type": "stdout", "inputs": ["inject"] }
      }
    }
    """#

  private func start(in folder: String) throws -> Process {
    try Self.endless.write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
    return try Program.start(["run"], folder: folder)
  }

  /// Waits until the program has printed so much, or has ended.
  private func wait(for bytes: Int, of process: Process, in folder: String) {
    let path = folder + "/out"
    while process.isRunning {
      let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      if (size ?? 0) >= bytes { return }
      sched_yield()
    }
  }

  @Test func `SIGQUIT ends it at once, and is no crash`() throws {
    let folder = try TemporaryFolder.make()
    let process = try start(in: folder)
    wait(for: 2_000, of: process, in: folder)
    kill(process.processIdentifier, SIGQUIT)
    let result = Program.finish(process, folder: folder)
    #expect(result.code == 130)
    #expect(result.errors.contains("patchbay: ended by SIGQUIT"), "\(result.errors)")
    #expect(!result.errors.contains("crashed") && !result.output.contains("crashed"))
  }

  @Test func `SIGQUIT ends the sandbox, and is no crash`() throws {
    let folder = try TemporaryFolder.make()
    let process = try Program.start(["sandbox"], folder: folder)
    wait(for: 10, of: process, in: folder)
    kill(process.processIdentifier, SIGQUIT)
    let result = Program.finish(process, folder: folder)
    #expect(process.terminationReason == .uncaughtSignal && result.code == SIGQUIT)
    #expect(!result.errors.contains("crashed"))
  }

  @Test func `a run without a terminal says now and then how far it is`() throws {
    let folder = try TemporaryFolder.make()
    let process = try start(in: folder)
    while process.isRunning, !Program.text(folder + "/err").contains(" emitted") {
      Thread.sleep(forTimeInterval: 0.2)
    }
    process.interrupt()
    let result = Program.finish(process, folder: folder)
    let line = /patchbay: 1[0-9]s  [1-9][0-9]* emitted  [0-9]+\/[0-9]+ accepted  [0-9]+ settled/
    #expect(result.errors.firstMatch(of: line) != nil, "\(result.errors)")
  }

  @Test func `SIGINT drains, exits with 130, and the audit holds what was injected`() throws {
    let folder = try TemporaryFolder.make()
    let process = try start(in: folder)
    wait(for: 20_000, of: process, in: folder)
    process.interrupt()
    let result = Program.finish(process, folder: folder)
    #expect(result.code == 130)
    let report = try JSONValue(
      parsing: Program.text(try #require(try Program.runFile("report.json", in: folder))))
    #expect(report["run"]?["ending"] == .string("interrupted"))
    #expect(report["events"]?["balanced"] == .bool(true))
    #expect(report["events"]?["abandoned"]?.integer == 0)
    let accepted = try #require(report["injection"]?["accepted"]?.integer)
    #expect(accepted > 100)
    let audit = try #require(try Program.runFile("workspace_sim_audit_", in: folder))
    let records = try #require(JSONValue(parsing: Array(Program.text(audit).utf8)).array)
    #expect(records.count { $0["outcome"] == .string("accepted") } == accepted)
    let printed = result.output.split(separator: "\n").count { $0.hasPrefix("Injected event ") }
    #expect(printed == accepted)
  }

  @Test func `SIGTERM stops as gracefully`() throws {
    let folder = try TemporaryFolder.make()
    let process = try start(in: folder)
    wait(for: 5_000, of: process, in: folder)
    process.terminate()
    #expect(Program.finish(process, folder: folder).code == 130)
  }

  @Test func `killed at 30 random moments, the audit file parses each time`() throws {
    var random = KeyedRandom(seed: 2_026, purpose: "kill-moments")
    for _ in 0..<30 {
      let folder = try TemporaryFolder.make()
      let process = try start(in: folder)
      wait(for: Int.random(in: 1...120_000, using: &random), of: process, in: folder)
      kill(process.processIdentifier, SIGKILL)
      _ = Program.finish(process, folder: folder)
      let audit = try #require(try Program.runFile("workspace_sim_audit_", in: folder))
      let limits = JSONLimits(bytes: 1 << 28)
      #expect(throws: Never.self) {
        try JSONValue(parsing: Array(Program.text(audit).utf8), limits: limits)
      }
    }
  }
}
