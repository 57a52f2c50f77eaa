import ExportStages
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Events as rows: whole, quoted where they must be, and harmless to spreadsheets.
struct CSVSinkTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func context(attempt: Int) -> StageContext {
    StageContext.forTests(clock: RealClock(), directory: folder, attempt: attempt)
  }

  private func batch(_ ids: [String], state: String = "busy") -> EventBatch {
    var batch = EventBatch(symbols: SymbolTable())
    for id in ids {
      batch.append(
        EventFields(
          sequenceID: id, timestamp: "2026-01-01T00:00:00Z", interactionID: "i", agentID: "a",
          state: state, eventType: "t"), intended: Timestamp(nanoseconds: 0))
    }
    return batch
  }

  private func sink(_ options: JSONValue = [:]) throws -> CSVSink {
    CSVSink(try CSVSink.Options(options))
  }

  private var text: String {
    get throws { try String(contentsOfFile: folder + "/events.csv", encoding: .utf8) }
  }

  @Test func `cells are quoted where they must be, and are no formulas`() async throws {
    var sink = try sink(["columns": ["sequence_id", "state"]])
    try await sink.open(context(attempt: 1))
    _ = try await sink.write(batch(["a,b", "say \"x\"", "two\r\nlines", "=1+2", "-5", "plain"]))
    try await sink.finish(report)
    #expect(
      try text
        == [
          "sequence_id,state", "\"a,b\",busy", "\"say \"\"x\"\"\",busy", "\"two\r\nlines\",busy",
          "'=1+2,busy", "'-5,busy", "plain,busy", "",
        ].joined(separator: "\r\n"))
    var plain = try self.sink([
      "columns": ["sequence_id"], "guard_formulas": false, "file": "p.csv",
    ])
    try await plain.open(context(attempt: 1))
    _ = try await plain.write(batch(["=1+2"]))
    try await plain.finish(report)
    #expect(
      try String(contentsOfFile: folder + "/p.csv", encoding: .utf8).hasSuffix("\r\n=1+2\r\n"))
  }

  private var report: RunReport {
    RunReport(
      run: RunSummary(
        id: UUIDBits(high: 1, low: 2), name: "r", seed: 1, clock: "real",
        startedAt: Timestamp(nanoseconds: 0), directory: folder))
  }

  @Test(arguments: ["", "\"torn in a quo", "torn,", "\"x\"\"y\",z"])
  func `a run that is gone on with has each row once, and no torn one`(tail: String) async throws {
    var first = try sink()
    try await first.open(context(attempt: 1))
    _ = try await first.write(batch(["1", "two\nlines, quoted", "3"]))
    try await first.finish(report)
    try (try text + tail).write(toFile: folder + "/events.csv", atomically: false, encoding: .utf8)

    var second = try sink()
    try await second.open(context(attempt: 2))
    let held = try await second.recall(batch(["0", "3", "two\nlines, quoted", "3", "1"]))
    // The second "3" was written once only.
    #expect(held == [1, 2, 4])
    _ = try await second.write(batch(["4"]))
    try await second.finish(report)
    let rows = try text.components(separatedBy: "\r\n")
    #expect(rows.count == 6 && rows.last?.isEmpty ?? false)
    #expect(rows.first?.hasPrefix("sequence_id,") ?? false)
    #expect(rows[4].hasPrefix("4,"))
  }
}
