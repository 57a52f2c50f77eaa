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
    try InputFile.contents(of: path, upTo: 1 << 24)
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
      try await WholeFile.write(Array(whole[..<length]), to: path)
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
      try await WholeFile.write(Array(whole[..<length]), to: path)
      _ = try await run(0)
      #expect(throws: Never.self, "torn at \(length)") { try JSONValue(parsing: try content()) }
    }
  }

  @Test func `a file that holds something else is refused and left alone`() async throws {
    try await WholeFile.write(Array("{\"mine\": 1}".utf8), to: path)
    let report = try await run(1)
    #expect(
      report.failures == [
        "sinks.audit: \(path) holds no audit: expected a JSON array, found something else; "
          + "name another file"
      ])
    #expect(try content() == Array("{\"mine\": 1}".utf8))
  }

  @Test(arguments: [
    #"[{"sequence_id":"old-1"},{"sequence_id":"old-2"}]"#,
    "[\n\t{\"a\": [1, {\"b\": 2}]},\r\n\t\"x]\\\"\"\r\n]\r\n",
    "  [ 1 , -2.5e3 , true , null ]  \n", "[]", " [ \n ] ", #"[[], {}, "}"]"#,
  ])
  func `an array in any layout is kept as it is, and goes on`(old: String) async throws {
    try await WholeFile.write(Array(old.utf8), to: path)
    let before = try #require(JSONValue(parsing: Array(old.utf8)).array)
    _ = try await run(2)
    _ = try await run(1)
    let records = try #require(JSONValue(parsing: try content()).array)
    #expect(Array(records.prefix(before.count)) == before)
    #expect(records.count == before.count + 3)
    // Only what closed the array has given way.
    let kept = old.utf8.reversed().drop { " \r\n]".utf8.contains($0) }.reversed()
    #expect(try content().starts(with: before.isEmpty ? [] : Array(kept)))
  }

  @Test(arguments: [
    "[1,{\"not\":\"an audit\"}", "[abc]", "[1 2]", "text", "{}", "\u{FEFF}[]", "[1] [2]", "[,]",
    "[{\"a\":1},]", "[] x", "[{\"run_id\":\"a\"}]\n[{\"run_id\":\"b\"}]",
    "[{\"run_id\":\"a\"}{\"run_id\":\"b\"}]", "[{\"run_id\":\"a\"}]\nchecked by Ann",
  ])
  func `what is no array and has no record of ours is refused and left alone`(
    old: String
  ) async throws {
    try await WholeFile.write(Array(old.utf8), to: path)
    let report = try await run(1)
    #expect(report.failures.count == 1)
    let failure = report.failures.first ?? ""
    #expect(failure.hasPrefix("sinks.audit: \(path) holds no audit: expected a JSON array, found "))
    #expect(failure.hasSuffix("; name another file"))
    #expect(try content() == Array(old.utf8))
  }

  @Test func `two runs don't write one file at a time`() async throws {
    let first = try await RecordFile.open(path, .append)
    let report = try await run(1)
    #expect(report.failures.first?.contains("another run or stage is writing it") == true)
    #expect(report.exitCode == .failure)
    #expect(first.length == 0)
  }
}
