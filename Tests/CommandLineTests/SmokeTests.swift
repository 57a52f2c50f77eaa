import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// The default configuration and the command line around it.
@Suite(.needsProgram, .waitsForPrograms, .serialized)
struct SmokeTests {
  private let config = Program.root.appending(path: "config.json").path

  @Test func `the default configuration rehearses without a mismatch`() throws {
    let folder = try TemporaryFolder.make()
    let result = try Program.run(["run", config], folder: folder)
    #expect(result.code == 0)
    #expect(result.errors == "")
    #expect(result.output.contains("Results exported to QA platform successfully\n"))
    #expect(
      result.lastLine?.hasPrefix("Simulation complete. Success: 120/120, Mismatches: 0, ") == true)
    let injected = result.output.split(separator: "\n").filter { $0.hasPrefix("Injected event ") }
    #expect(injected.count == 120)
    let audit = try #require(try Program.runFile("audit", in: folder))
    let records = try Program.auditRecords(in: folder)
    #expect(records.count == 120)
    #expect(records.allSatisfy { $0["outcome"] == .string("accepted") })
    #expect(records.allSatisfy { $0["validated"] == .bool(true) })
    let report = try JSONValue(
      parsing: Program.text(try #require(try Program.runFile("report.json", in: folder))))
    #expect(report["exit_code"]?.integer == 0)
    #expect(report["events"]?["delivered"]?.integer == 120)
    let attributes = try FileManager.default.attributesOfItem(atPath: audit + "/audit.ndjson")
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
    let verdict = try Program.run(["audit", "verify", audit])
    #expect(verdict.code == 0 && verdict.output.contains("\nvalid\n"))
  }

  @Test func `the doctor's exit code is its verdict, and its JSON has every check`() throws {
    let good = try Program.run(["doctor", config])
    #expect(good.code == 0)
    #expect(good.errors == "")
    #expect(good.lastLine == "7 good, 0 doubtful, 0 bad, 0 unchecked")
    let secret = "hunter2-but-wrong"
    let bad = try Program.run(
      ["doctor", config, "--format", "json"], environment: ["GENESYS_CLOUD_CLIENT_SECRET": secret])
    #expect(bad.code == 1)
    #expect(!bad.output.contains(secret) && !bad.errors.contains(secret))
    let document = try JSONValue(parsing: bad.output)
    let login = document["entries"]?.array?.dropFirst().first
    #expect(login?["path"] == "connections.genesys")
    #expect(login?["checks"]?.array?.first?["verdict"] == "bad")
    #expect(document["unexamined"]?.array?.count == 5)
    let refused = try Program.run(
      ["doctor", config, "--format", "json"],
      environment: ["GENESYS_CLOUD_REGION": "eu-central-1"])
    #expect(refused.code == 78)
    let issues = try JSONValue(parsing: refused.output)["issues"]?.array
    #expect(issues?.first?["code"] == "PB0107")
  }

  @Test func `users that can't be used are told with the reason`() throws {
    let folder = try TemporaryFolder.make()
    let missing = try Program.run(["sandbox", "--seed-data", "users.json"], folder: folder)
    #expect(missing.code == 66)
    #expect(missing.errors == "patchbay: can't read users.json: No such file or directory\n")
    for (text, reason) in [
      (#"{"users": [{"id": "ann"}]}"#, "users[0].id: must be a UUID, found \"ann\""),
      (#"{"users": [{"nam": "ann"}]}"#, "users[0].nam: unknown option (did you mean \"name\"?)"),
      ("{", "1:2: "), ("[]", "expected an object, found an array"),
    ] {
      try text.write(toFile: folder + "/users.json", atomically: true, encoding: .utf8)
      let refused = try Program.run(["sandbox", "--seed-data", "users.json"], folder: folder)
      #expect(refused.code == 1)
      #expect(refused.errors.contains("the organisation of users.json can't be used: \(reason)"))
    }
  }

  @Test func `a failed threshold exits with 99`() throws {
    let folder = try TemporaryFolder.make()
    let text = Program.text(config).replacing(
      "\"agents\": 5,", with: "\"agents\": 5, \"illegal\": 3,")
    try text.write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
    let result = try Program.run(["run"], folder: folder)
    #expect(result.code == 99)
    #expect(result.output.contains("✗ correlation.mismatches == 0"))
  }

  @Test func `the environment chooses agent, region and QA endpoint`() throws {
    let folder = try TemporaryFolder.make()
    let agent = "0a0a0a0a-1111-4222-8333-444444444444"
    let result = try Program.run(
      ["run", config], folder: folder, environment: ["TEST_AGENT_ID": agent])
    #expect(result.code == 0)
    let records = try Program.auditRecords(in: folder)
    #expect(records.count == 24)
    #expect(Set(records.map { $0["agent_id"]?.string }) == [agent])
    let refused = try Program.run(
      ["validate", config], environment: ["GENESYS_CLOUD_REGION": "eu-central-1"])
    #expect(refused.code == 78)
    #expect(refused.errors.contains("error[PB0107]: connections.genesys.region: "))
  }

  @Test func `run and validate refuse with the same text`() throws {
    let folder = try TemporaryFolder.make()
    try #"{"sources": {"a": {"type": "scenari"}}}"#.write(
      toFile: folder + "/bad.json", atomically: true, encoding: .utf8)
    let validated = try Program.run(["validate", "bad.json"], folder: folder)
    let run = try Program.run(["run", "bad.json"], folder: folder)
    #expect(validated.code == 78)
    #expect(run.code == 78)
    #expect(validated.errors == run.errors)
    #expect(!FileManager.default.fileExists(atPath: folder + "/runs"))
  }

  @Test func `a missing file and a wrong option have codes of their own`() throws {
    let missing = try Program.run(["run", "nowhere.json"])
    #expect(missing.code == 66)
    #expect(missing.errors == "patchbay: can't read nowhere.json: No such file or directory\n")
    #expect(try Program.run(["run", "--sed", "1"]).code == 64)
    #expect(try Program.run(["stages", "no-such"]).code == 64)
  }

  @Test func `every stage type explains itself`() throws {
    let list = try Program.run(["stages"])
    #expect(list.code == 0)
    for type in [
      "call-log", "jsonl", "scenario", "stdin", "interaction-event", "genesys-workspace", "http",
      "state-machine", "audit-json", "audit-log", "qa-http", "stdout", "genesys-cloud",
      "genesys-sandbox",
    ] {
      #expect(list.output.contains("  \(type) "))
      let help = try Program.run(["stages", type])
      #expect(help.code == 0)
      #expect(help.output.contains("\(type) ("))
    }
  }

  @Test func `version and validate are quick`() throws {
    // The median of five, in processor time: the machine may be busy.
    func median(_ arguments: [String]) throws -> Double {
      try (0..<5).map { _ in try Program.processorSeconds(arguments) }.sorted()[2]
    }
    #expect(try median(["--version"]) < 0.05)
    #expect(try median(["validate", config]) < 0.1)
  }
}
