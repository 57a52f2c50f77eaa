import AuditLog
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A run leaves a log that its verifier takes, with a record for each event.
struct AuditLogSinkTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func run(
    _ source: ScriptedSource, _ options: JSONValue = [:]
  ) async throws -> (report: RunReport, log: String) {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", source)
    pipeline.add("audit", AuditLogSink(try .init(options)), inputs: ["source"])
    let run = try pipeline.makeRun()
    return (await run.run(), run.directoryPath + "/audit")
  }

  private func records(_ log: String) throws -> [JSONValue] {
    try InputFile.contents(of: log + "/audit.ndjson", upTo: 1 << 28)
      .split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
  }

  @Test(arguments: [0, 1, 253, 254, 255, 256, 3_000])
  func `a log is valid, closed, and signed with the key that it names`(count: Int) async throws {
    let (report, log) = try await run(ScriptedSource(count: count))
    #expect(report.events.delivered == count)
    #expect(report.failures.isEmpty)
    let verdict = await LogVerifier(log).verify()
    #expect(verdict.isValid, "\(verdict)")
    #expect(verdict.checkpoint?.size == count + 2)
    let records = try records(log)
    #expect(records.map { $0["seq"]?.integer } == Array(0..<count + 2))
    #expect(records.first?["type"] == "log.open" && records.last?["type"] == "log.close")
    #expect(records.last?["events"]?["delivered"]?.integer == count)
    // Whoever has the folder alone can't sign in the log's name any more.
    #expect(!FolderListing.names(in: log).contains("log.key"))
    let audit = try #require(report.stages.first { $0.name == "audit" })
    #expect(audit.findings["sealed"] == Double(count + 2))
    let row = try #require(audit.findings.tables.first?.rows.first)
    let key = try #require(VerifierKey(row[2]))
    #expect(await LogVerifier(log, key: key).verify().isValid)
    let other = SignerKey(name: key.name).verifier
    #expect(await LogVerifier(log, key: other).verify().isTampered)
  }

  @Test func `with one record a seal each write has a checkpoint`() async throws {
    let source = ScriptedSource { outlet in
      for number in 0..<5 {
        // It is settled when it is sealed: the next one comes after that.
        let receipt = try await outlet.emit(.sample(number))
        try await outlet.flush()
        _ = try await receipt.settlements()
      }
    }
    let (_, log) = try await run(source, ["seal_records": 1])
    let sizes = FolderListing.names(in: log + "/checkpoints").compactMap { Int($0) }.sorted()
    #expect(sizes == [1, 2, 3, 4, 5, 6, 7])
    #expect(await LogVerifier(log).verify().isValid)
  }

  @Test func `a record says what the event was, and follows the rules for attributes`() async throws
  {
    var fields = EventFields.sample(1)
    fields.attributes =
      #"{"zip": 7, "phone":"+49 30 1","name":"Ann","note":"n","big":12345678901234567}"#
    let given = fields
    let source = ScriptedSource { outlet in
      try await outlet.emit(given)
      try await outlet.emit(given)
    }
    let (_, log) = try await run(
      source, ["attribute_rules": ["phone": "mask", "name": "hash", "note": "drop"]])
    let record = try records(log)[1]
    #expect(record["sequence_id"]?.string == fields.sequenceID)
    #expect(record["agent_id"]?.string == fields.agentID)
    #expect(record["interaction_id"]?.string == fields.interactionID)
    #expect(record["state"]?.string == fields.state)
    #expect(record["outcome"] == "undecided")
    #expect(record["latency_ms"] == nil)
    let attributes = try #require(record["attributes"])
    #expect(attributes["zip"]?.integer == 7)
    #expect(attributes["phone"] == "***")
    #expect(attributes["note"] == nil)
    #expect(attributes["big"] == "12345678901234567")
    let hash = try #require(attributes["name"]?.string)
    #expect(hash.hasPrefix("hmac-sha256:") && hash.utf8.count == 76)
    #expect(try records(log)[2]["attributes"]?["name"]?.string == hash)
    let (_, other) = try await run(source, ["attribute_rules": ["name": "hash"]])
    #expect(try records(other)[1]["attributes"]?["name"]?.string != hash)
    let (_, dropped) = try await run(source, ["attributes": "drop"])
    #expect(try records(dropped)[1]["attributes"] == nil)
  }

  @Test func `a record too long for a leaf has the hash of its attributes`() async throws {
    var fields = EventFields.sample(1)
    fields.attributes = #"{"text":"\#(String(repeating: "x", count: 70_000))"}"#
    let given = fields
    let (_, log) = try await run(ScriptedSource { try await $0.emit(given) })
    let record = try records(log)[1]
    #expect(record["attributes"] == nil)
    #expect(record["attributes_bytes"]?.integer == 70_011)
    #expect(record["attributes_sha256"]?.string?.utf8.count == 64)
    #expect(await LogVerifier(log).verify().isValid)
  }

  @Test func `a log names the last checkpoint of the run before`() async throws {
    let (_, first) = try await run(ScriptedSource(count: 3))
    let (_, second) = try await run(ScriptedSource(count: 2))
    let point = try #require(await LogVerifier(first).verify().checkpoint)
    let previous = try #require(try records(second)[0]["previous"])
    #expect(previous["log"]?.string == point.origin)
    #expect(previous["records"]?.integer == 5)
    #expect(previous["root"]?.string == point.rootText)
    #expect(try records(first)[0]["previous"] == nil)
  }

  @Test func `old logs go where it is said how many are kept, and nothing that a link leads to`()
    async throws
  {
    let manager = FileManager.default
    let outside = try TemporaryFolder.make()
    try Data("mine".utf8).write(to: URL(filePath: outside + "/mine"))
    var logs: [String] = []
    for number in 0..<4 {
      var pipeline = TestPipeline(
        directory: folder, options: ["clock": "virtual", "keep": 1, "keep_audits": 2])
      pipeline.add("source", ScriptedSource(count: 300))
      pipeline.add("audit", AuditLogSink(try .init([:])), inputs: ["source"])
      let run = try pipeline.makeRun()
      _ = await run.run()
      logs.append(run.directoryPath + "/audit")
      if number == 1 {
        try manager.createSymbolicLink(
          atPath: logs[1] + "/tile/link", withDestinationPath: outside)
      }
    }
    #expect(!manager.fileExists(atPath: logs[0]))
    #expect(await LogVerifier(logs[2]).verify().isValid)
    #expect(await LogVerifier(logs[3]).verify().isValid)
    var last = TestPipeline(
      directory: folder, options: ["clock": "virtual", "keep": 1, "keep_audits": 1])
    last.add("source", ScriptedSource(count: 1))
    last.add("sink", RecordingSink(), inputs: ["source"])
    _ = try await last.run()
    // What isn't the log's stays, with the folders that lead to it.
    #expect(manager.subpaths(atPath: logs[1])?.sorted() == ["tile", "tile/link"])
    #expect(manager.fileExists(atPath: outside + "/mine"))
  }

  @Test func `it fulfils the contract of a sink`() async throws {
    let problems = await Conformance(AuditLogSink.self).problems { directory in
      try InputFile.contents(of: directory.path + "/audit/audit.ndjson", upTo: 1 << 28)
        .split(separator: 0x0A)
        .map { try JSONValue(parsing: Array($0)) }
        .filter { $0["type"] == "event" }
        .map { $0["sequence_id"]?.string ?? "" }
    }
    #expect(problems == [])
  }
}
