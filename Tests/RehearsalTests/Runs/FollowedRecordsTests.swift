import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A log that grows is told as it grows, also when another takes its place.
@Suite(.timeLimit(.minutes(1)))
struct FollowedRecordsTests {
  private static let header = "agent,call,start,end\n"

  private func row(_ agent: String, _ hour: Int) -> String {
    "\(agent),c\(hour),2026-01-05 \(hour):00:00,2026-01-05 \(hour):05:00\n"
  }

  private func append(_ text: String, to path: String) throws {
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  /// What has been told, once that is as much as expected.
  private func told(_ rehearsal: Rehearsal, _ count: Int) async throws -> [String] {
    for _ in 0..<400 {
      let lines = (try? rehearsal.file("events.jsonl"))?.split(separator: 0x0A) ?? []
      if lines.count >= count {
        return try lines.map {
          let event = try JSONValue(parsing: Array($0))
          return event["outcome"]?["reason"]?.string.map { "bad \($0.suffix(30))" }
            ?? "\(event["timestamp"]?.string?.dropFirst(11).prefix(5) ?? "")"
        }
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw PipelineError("only a part of it has been told")
  }

  /// Appends rows until one is told: nobody knows from when on the file is followed.
  ///
  /// - Returns: what is told of them in the end.
  private func appendUntilTold(_ rehearsal: Rehearsal, _ path: String) async throws -> [String] {
    var count = 0
    while try await told(rehearsal, 0).isEmpty {
      try append("Ann,past,2026-01-05 08:00:00,2026-01-05 08:00:\(10 + count)\n", to: path)
      count += 1
      try #require(count < 45)
      try await Task.sleep(for: .milliseconds(400))
    }
    // The last one is told for sure, and those before it, as many as there were since then.
    var before = -1
    while true {
      let lines = try await told(rehearsal, 5)
      if lines.count == before, lines.count % 5 == 0 { return lines }
      before = lines.count
      try await Task.sleep(for: .milliseconds(1_500))
    }
  }

  private func config(_ follow: String) -> String {
    #"""
    {
      "run": { "directory": "${FOLDER}/runs" },
      "sources": {
        "log": { "type": "records", "path": "${FOLDER}/log.csv", "follow": "\#(follow)" }
      },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["log"] } },
      "sinks": { "out": { "type": "jsonl", "inputs": ["schema", "log.rejected"] } }
    }
    """#
  }

  @Test(arguments: ["from-start", "from-end"])
  func `what is appended comes at once, over rotations of either kind`(follow: String)
    async throws
  {
    let rehearsal = try Rehearsal()
    let path = rehearsal.folder + "/log.csv"
    try write(Self.header + row("Ann", 9), to: path)
    let config = config(follow)
    let run = Task { try await rehearsal.run(config) }
    defer { run.cancel() }
    var expected = ["09:00", "09:00", "09:05", "09:05", "09:05"]
    if follow == "from-end" { expected = try await appendUntilTold(rehearsal, path) }
    #expect(try await told(rehearsal, expected.count) == expected)
    func add(_ hour: Int) {
      expected += ["\(hour):00", "\(hour):00"] + Array(repeating: "\(hour):05", count: 3)
    }

    // In two pieces, of which the first isn't a whole row.
    let text = row("Bob", 10)
    try append(String(text.prefix(9)), to: path)
    try await Task.sleep(for: .milliseconds(400))
    try append(String(text.dropFirst(9)), to: path)
    add(10)
    #expect(try await told(rehearsal, expected.count) == expected)

    // Renamed, with a last row under the new name, and a new file of another shape of header.
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    try append(row("Cid", 11), to: path + ".1")
    add(11)
    #expect(try await told(rehearsal, expected.count) == expected)
    try write("call,agent,end,start\nc,Dan,2026-01-05 12:05:00,2026-01-05 12:00:00\n", to: path)
    add(12)
    #expect(try await told(rehearsal, expected.count) == expected)

    // Cut off and begun anew in the same file.
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 0)
    // It must be seen to be shorter before it has grown again, as of any program that follows files.
    try handle.write(contentsOf: Data((Self.header + "Eve,z,noon,1\n").utf8))
    _ = try await told(rehearsal, expected.count + 1)
    try handle.write(contentsOf: Data(row("Eve", 13).utf8))
    add(13)
    let found = try await told(rehearsal, expected.count + 1)
    #expect(found.filter { $0.hasPrefix("bad") } == [#"bad ted a time (iso), found "noon""#])
    #expect(found.filter { !$0.hasPrefix("bad") } == expected)
  }

  @Test func `an empty file may be followed, and one that isn't there not`() async throws {
    let rehearsal = try Rehearsal()
    let path = rehearsal.folder + "/log.csv"
    let config = config("from-end")
    let report = try await rehearsal.run(config)
    #expect(report.failures.count == 1)
    try FileManager.default.removeItem(atPath: rehearsal.folder + "/runs")
    try write("", to: path)
    let run = Task { try await rehearsal.run(config) }
    defer { run.cancel() }
    try append(Self.header, to: path)
    #expect(try await appendUntilTold(rehearsal, path).count >= 5)
  }

  @Test func `events of another shape are followed, too`() async throws {
    let rehearsal = try Rehearsal()
    let path = rehearsal.folder + "/log.jsonl"
    try write(#"{"s":"a","t":1770000000}"# + "\n", to: path)
    let run = Task {
      try await rehearsal.run(
        #"""
        {
          "run": { "directory": "${FOLDER}/runs" },
          "connections": {
            "theirs": {
              "type": "mapping", "members": { "state": "s", "timestamp": "t" },
              "time_format": "epoch-s"
            }
          },
          "sources": {
            "log": {
              "type": "records", "path": "${FOLDER}/log.jsonl", "follow": "from-start",
              "format": "json-lines", "mapping": "theirs"
            }
          },
          "sinks": { "out": { "type": "jsonl", "inputs": ["log"] } }
        }
        """#)
    }
    defer { run.cancel() }
    #expect(try await told(rehearsal, 1) == ["02:40"])
    try append(#"{"s":"b","t":1770000060}"# + "\n", to: path)
    #expect(try await told(rehearsal, 2) == ["02:40", "02:41"])
  }

  @Test func `what can't be followed is said`() async throws {
    let rehearsal = try Rehearsal()
    func issues(_ options: String) -> [String] {
      rehearsal.plan(
        #"""
        {
          "sources": { "log": { "type": "records", "follow": "from-end", \#(options) } },
          "sinks": { "out": { "type": "stdout", "inputs": ["log"] } }
        }
        """#
      ).issues.map(\.message)
    }
    #expect(issues(#""path": "x*.csv""#).first == "is for one file by its path")
    #expect(issues(#""path": ["x", "y"]"#).first == "is for one file by its path")
    #expect(
      issues(#""path": "x", "format": "json-array""#).first
        == "is for files that grow, which an array can't")
    try write(Self.header, to: rehearsal.folder + "/log.csv")
    let virtual = config("from-end").replacing(
      "\"run\": {", with: "\"run\": { \"clock\": \"virtual\",")
    let report = try await rehearsal.run(virtual)
    #expect(report.failures.first?.contains("can't be followed on the virtual clock") ?? false)
  }
}
