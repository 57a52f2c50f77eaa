import Foundation
import PatchbayTesting
import Testing

/// No command prints or writes a secret, whether it succeeds, fails or is killed.
@Suite(.needsProgram, .waitsForPrograms)
struct SecretCommandTests {
  private static let config = #"""
    {
      "run": { "deadline": "30s" },
      "connections": {
        "sandbox": { "type": "genesys-sandbox", "client_secret": "${SECRET}" },
        "genesys": { "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "${SECRET}" }
      },
      "sources": {
        "desk": { "type": "scenario", "agents": 2, "interactions_per_agent": "${COUNT:-1}" }
      },
      "injectors": {
        "inject": { "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys" },
        "send": {
          "type": "http", "inputs": ["desk"], "url": "http://127.0.0.1:9/e",
          "headers": { "X-Key": "${SECRET}" }, "retry": { "attempts": 1 }
        }
      },
      "sinks": {
        "audit": {
          "type": "audit-json", "inputs": ["inject", "inject.failed", "send", "send.failed"]
        },
        "console": {
          "type": "stdout", "inputs": ["inject", "inject.failed", "send", "send.failed"]
        }
      }
    }
    """#

  /// A test that fails, so that everything it knows is shown.
  private static let test = #"""
    {
      "config": "config.json", "variables": { "SECRET": "hunter2" },
      "tests": [{
        "name": "fails",
        "replies": { "POST http://127.0.0.1:9/e": [{ "status": 401, "lasting": true }] },
        "expect": {
          "exit_code": 1, "metrics": { "events.emitted": 1 }, "console": { "exactly": [] },
          "requests": {
            "POST http://127.0.0.1:9/e": { "exactly": [{ "headers": { "x-key": "other" } }] },
            "POST /oauth/token": { "exactly": [] }
          }
        }
      }]
    }
    """#

  private func folder() throws -> String {
    let folder = try TemporaryFolder.make()
    try Self.config.write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
    try Self.test.write(toFile: folder + "/config.test.json", atomically: true, encoding: .utf8)
    return folder
  }

  /// Everything that is in a folder but the files that the test itself has put there.
  private func written(in folder: String) throws -> String {
    try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { !$0.hasPrefix("config.") }
      .map {
        String(
          decoding: FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data(), as: UTF8.self
        )
      }
      .joined(separator: "\n")
  }

  @Test(arguments: [
    ["validate"], ["validate", "--strict"], ["validate", "--format", "json"],
    ["validate", "--format", "sarif"], ["plan"], ["plan", "--format", "json"], ["graph"], ["run"],
    ["run", "--set", "connections.genesys.client_id=other"],
    ["run", "--set", "connections.genesys.client_secret=[\"hunter2\"]"],
    ["run", "--set", "connections.genesys.client_secrt=hunter2"],
    ["plan", "--set", "connections.genesys.client_secret=hunter2"],
    ["test", "config.test.json", "--junit", "junit.xml"],
  ])
  func `a command leaves no trace of it`(arguments: [String]) throws {
    let folder = try folder()
    let result = try Program.run(arguments, folder: folder, environment: ["SECRET": "hunter2"])
    #expect(result.output.count + result.errors.count > 0)
    #expect(!result.output.contains("hunter2"))
    #expect(!result.errors.contains("hunter2"))
    #expect(try !written(in: folder).contains("hunter2"))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
  func `a run that is stopped or killed leaves no trace of it`(signal: Int32) throws {
    let folder = try folder()
    let process = try Program.start(
      ["run"], folder: folder, environment: ["SECRET": "hunter2", "COUNT": "100000"])
    while process.isRunning {
      let size = try? FileManager.default.attributesOfItem(atPath: folder + "/out")[.size] as? Int
      if (size ?? 0) > 500 { break }
      sched_yield()
    }
    kill(process.processIdentifier, signal)
    let result = Program.finish(process, folder: folder)
    #expect(result.code != 0)
    #expect(try !written(in: folder).contains("hunter2"))
  }
}
