import Foundation
import PatchbayTesting
import Testing

/// `patchbay test` of a pipeline that would send datagrams, start programs, and write into an audit and a
/// database that all runs share: it does none of that.
@Suite(
  .enabled(
    if: Program.path != nil && Isolation.isPossible,
    "make sets PATCHBAY_BINARY, and root may make namespaces: isolation isn't tried without"),
  .waitsForPrograms)
struct IsolationTests {
  private static let port = 5514

  private static let config = #"""
    {
      "sources": { "desk": { "type": "scenario", "agents": 2, "interactions_per_agent": 1 } },
      "injectors": {
        "send": { "type": "http", "inputs": ["desk"], "url": "http://127.0.0.1:5514/events" }
      },
      "sinks": {
        "audit": { "type": "audit-json", "inputs": ["send"], "path": "/var/tmp/audit.json" },
        "child": {
          "type": "subprocess", "inputs": ["send"],
          "command": ["sh", "-c", "echo started > /var/tmp/started; cat >/dev/null"]
        },
        "failures": { "type": "stdout", "inputs": ["send.failed"] }
      }
    }
    """#

  private static let test = #"""
    {
      "config": "c.json",
      "tests": [
        {
          "name": "all is recorded",
          "replies": { "POST /events": [{ "status": 200, "lasting": true }] },
          "expect": {
            "metrics": { "events.failed": 0 },
            "sinks": { "audit": { "count": 12 }, "child": { "count": 12 } }
          }
        }
      ]
    }
    """#

  @Test func `it passes without a network and without a file system that can be written`() throws {
    let folder = try TemporaryFolder.make()
    try Self.config.write(toFile: folder + "/c.json", atomically: true, encoding: .utf8)
    try Self.test.write(toFile: folder + "/t.json", atomically: true, encoding: .utf8)
    let (code, text) = try Isolation.run(
      [Program.path ?? "", "test", "t.json"], folder: folder, port: Self.port)
    #expect(code == 0, "\(text)")
    #expect(text.contains("1 passed, 0 failed"), "\(text)")
    #expect(!FileManager.default.fileExists(atPath: "/var/tmp/started"))
    #expect(!FileManager.default.fileExists(atPath: "/var/tmp/audit.json"))
  }

  @Test func `a request without a script is told, and not sent to a port that listens`() throws {
    let folder = try TemporaryFolder.make()
    try Self.config.write(toFile: folder + "/c.json", atomically: true, encoding: .utf8)
    try #"{ "config": "c.json", "tests": [{ "name": "nothing is scripted" }] }"#
      .write(toFile: folder + "/t.json", atomically: true, encoding: .utf8)
    let (code, text) = try Isolation.run(
      [Program.path ?? "", "test", "t.json"], folder: folder, port: Self.port)
    #expect(code == 99)
    #expect(
      text.contains("no reply is scripted for POST http://127.0.0.1:\(Self.port)/events"), "\(text)"
    )
    #expect(!text.contains("something was sent"), "\(text)")
  }

  /// Else the tests above would pass with a place that hears nothing.
  @Test func `a run of the same pipeline is noticed`() throws {
    let folder = try TemporaryFolder.make()
    try Self.config.write(toFile: folder + "/c.json", atomically: true, encoding: .utf8)
    let (_, text) = try Isolation.run(
      [
        Program.path ?? "", "run", "c.json", "--only", "audit", "--set",
        "injectors.send.timeout=1s", "--set",
        "injectors.send.retry={\"attempts\": 1}", "--set",
        "sinks.audit.path=\"\(folder)/audit.json\"",
      ], folder: folder, port: Self.port)
    #expect(text.contains("something was sent"), "\(text)")
  }
}

/// A place without a network beyond this machine, whose files can't be written.
private enum Isolation {
  static let isPossible =
    (try? run(["true"], folder: TemporaryFolder.make(), port: 5_514).code) == 0

  static func run(_ command: [String], folder: String, port: Int) throws -> (code: Int32, String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    let script = Program.root.appending(path: "Tests/Fixtures/security/isolated.py").path
    process.arguments = ["--net", "--mount", "python3", script, folder, String(port)] + command
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }
}
