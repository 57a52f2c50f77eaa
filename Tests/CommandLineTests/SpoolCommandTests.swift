import Foundation
import PatchbayJSON
import PatchbayTesting
import Testing

/// What waits in spools is shown, delivered and repaired from the command line.
@Suite(.needsProgram, .waitsForPrograms)
struct SpoolCommandTests {
  private let folder: String

  init() throws {
    folder = try TemporaryFolder.make()
    let program = Program.root.appending(path: "Tests/Chaos/support/far.py").path
    try write(
      """
      { "name": "a b", "run": { "clock": "virtual", "seed": 3 },
        "sources": { "desk": { "type": "scenario", "agents": 2, "interactions_per_agent": 2 } },
        "sinks": {
          "records": { "type": "jsonl", "inputs": ["desk"] },
          "far": {
            "type": "subprocess", "inputs": ["desk"], "buffer": "spool",
            "command": ["python3", "\(program)", "mode", "far"] },
          "qa": {
            "type": "qa-http", "inputs": ["desk"], "url": "http://127.0.0.1:9/",
            "retry": { "attempts": 1 }, "buffer": { "spool": { "age": "30d" } } } },
        "thresholds": { "far.waiting": "== 0" } }
      """, "config.json")
    try write("dead", "mode")
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  private var spool: String { "runs/spool/a%20b/far" }

  @Test func `what waits is shown, and delivered on demand`() throws {
    let run = try Program.run(["run"], folder: folder)
    // Only the threshold failed.
    #expect(run.code == 99)
    let emitted = try #require(Program.runFile("events", in: folder).map(Program.text))
      .split(separator: "\n").count
    #expect(run.output.contains("sinks.far: \(emitted) events wait in \(spool) for the next run: "))
    #expect(run.output.contains("sinks.qa: 1 document waits in runs/spool/a%20b/qa"))
    let check = try Program.run(["queue", "check"], folder: folder)
    #expect(check.code == 75)
    #expect(check.output.contains("far  \(spool)\n  \(emitted) events wait, 0 documents wait, "))
    #expect(check.output.contains("qa  runs/spool/a%20b/qa\n  0 events wait, 1 documents wait\n"))

    let failed = try Program.run(["queue", "drain", "--sink", "far"], folder: folder)
    #expect(failed.code == 75)
    try write("live", "mode")
    let drained = try Program.run(["queue", "drain", "--sink", "far"], folder: folder)
    #expect(drained.code == 0, "\(drained.errors)")
    let line = "far: \(emitted) events delivered, 0 events and 0 documents wait"
    #expect(drained.errors.contains(line))
    #expect(Program.text(folder + "/far").split(separator: "\n").count == emitted)
    #expect(try Program.run(["queue", "check", "--sink", "far"], folder: folder).code == 0)
    #expect(try Program.run(["queue", "drain", "--sink", "records"], folder: folder).code == 64)
  }

  @Test func `what is damaged is set aside, and the rest delivered`() throws {
    _ = try Program.run(["run"], folder: folder)
    _ = try Program.run(["run", "--set", "run.epoch=2027-01-01T00:00:00Z"], folder: folder)
    let segment = "\(folder)/\(spool)/0000000001.events"
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: segment)))
    bytes[bytes.count / 2] ^= 4
    try Data(bytes).write(to: URL(filePath: segment))
    let check = try Program.run(["queue", "check"], folder: folder)
    #expect(check.code == 1)
    #expect(check.output.contains("DAMAGED  \(spool)/0000000001.events: damaged at byte "))
    let repair = try Program.run(["queue", "repair"], folder: folder)
    #expect(repair.code == 0, "\(repair.errors)")
    #expect(repair.output.contains(" bytes set aside in \(spool)/0000000001.events.damaged-at-"))
    try write("live", "mode")
    let drained = try Program.run(["queue", "drain", "--sink", "far"], folder: folder)
    #expect(drained.code == 0, "\(drained.errors)")
    // The second run's are all there.
    #expect(Program.text(folder + "/far").contains("1798761600"))
  }

  @Test func `an entry that can't be one is refused by name`() throws {
    for (buffer, message) in [
      (#""disk""#, #"sinks.records.buffer: expected one of "wait", "spool", found "disk""#),
      (#"{ "wait": { "batches": 0 } }"#, "sinks.records.buffer.wait.batches: must be "),
      (#"{ "spool": { "size": 1 } }"#, "sinks.records.buffer.spool.size: unknown option"),
    ] {
      try write(
        """
        { "sources": { "desk": { "type": "scenario", "buffer": "spool" } },
          "sinks": { "records": { "type": "jsonl", "inputs": ["desk"], "buffer": \(buffer) } } }
        """, "bad.json")
      let result = try Program.run(["validate", "bad.json"], folder: folder)
      #expect(result.code == 78)
      #expect(result.output.contains(message) || result.errors.contains(message), "\(result)")
      let both = result.output + result.errors
      #expect(both.contains("sources.desk.buffer: unknown option"))
    }
  }
}
