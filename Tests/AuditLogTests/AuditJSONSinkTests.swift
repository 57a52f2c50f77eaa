import AuditLog
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// The audit file is one JSON array after every write, and torn records are cut off.
struct AuditJSONSinkTests {
  private let folder: String
  private let path: String

  init() throws {
    folder = try TemporaryFolder.make()
    path = folder + "/audit.json"
  }

  private func content() throws -> [UInt8] {
    let file = try InputFile(path: path)
    var bytes: [UInt8] = []
    while true {
      let chunk = try file.read(upTo: 1 << 20)
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
  }

  private func run(_ count: Int) async throws -> RunReport {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: count))
    pipeline.add(
      "audit", AuditJSONSink(try .init(["path": .string(path)])), inputs: ["source"])
    return try await pipeline.run()
  }

  @Test func `a record has the contract's seven members, outcome and reason`() async throws {
    let report = try await run(1)
    let records = try #require(JSONValue(parsing: try content()).array)
    #expect(records.count == 1)
    #expect(
      records[0].object?.map(\.name) == [
        "run_id", "agent_id", "sequence_id", "state", "latency_ms", "validated", "outcome",
        "reason", "logged_at",
      ])
    #expect(records[0]["run_id"]?.string == report.run.id.description)
    #expect(records[0]["latency_ms"] == .null)
    #expect(records[0]["validated"] == .bool(false))
    #expect(records[0]["outcome"] == .string("undecided"))
  }

  @Test func `runs that share a file append to one array`() async throws {
    _ = try await run(3)
    _ = try await run(2)
    let records = try #require(JSONValue(parsing: try content()).array)
    #expect(records.count == 5)
    #expect(Set(records.map { $0["run_id"]?.string }).count == 2)
  }

  @Test func `an empty run leaves an empty array`() async throws {
    _ = try await run(0)
    #expect(try JSONValue(parsing: try content()) == .array([]))
  }

  @Test func `a file torn at any byte is repaired by the next run`() async throws {
    _ = try await run(3)
    let whole = try content()
    for length in stride(from: 1, to: whole.count, by: 7) {
      let file = try OutputFile(path: path, .update)
      try file.truncate(to: 0)
      try file.write(Array(whole[..<length]), at: 0)
      let report = try await run(1)
      #expect(report.failures == [])
      let records = try #require(JSONValue(parsing: try content()).array, "torn at \(length)")
      let kept = records.dropLast().map { $0["sequence_id"]?.string }
      #expect(kept == (0..<records.count - 1).map { "test-\($0)" })
    }
  }

  @Test func `the repair is done by opening, before anything is written`() async throws {
    _ = try await run(2)
    let whole = try content()
    for length in stride(from: 1, to: whole.count, by: 5) {
      let file = try OutputFile(path: path, .update)
      try file.truncate(to: 0)
      try file.write(Array(whole[..<length]), at: 0)
      _ = try await run(0)
      #expect(throws: Never.self, "torn at \(length)") { try JSONValue(parsing: try content()) }
    }
  }

  @Test func `a file that holds something else is refused and left alone`() async throws {
    try OutputFile(path: path, .new).write(Array("{\"mine\": 1}".utf8))
    let report = try await run(1)
    #expect(
      report.failures == [
        "sinks.audit: \(path) holds no audit array; name another file"
      ])
    #expect(try content() == Array("{\"mine\": 1}".utf8))
  }
}
