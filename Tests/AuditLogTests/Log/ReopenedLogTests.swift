import AuditLog
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A log whose run was interrupted is gone on with: valid, with one record for each event.
struct ReopenedLogTests {
  /// Goes on with a log and looks at all of it.
  private func check(_ log: InterruptedLog, with marks: [String]) async throws -> [JSONValue] {
    let report = try await log.goOn()
    #expect(report.failures == [])
    #expect(report.events.delivered == InterruptedLog.count)
    let verdict = await LogVerifier(log.folder.path).verify()
    #expect(verdict.isValid, "\(verdict)")
    if let checker = OtherProgram.goChecker {
      #expect(try checker.accepts(log.folder.path, log.folder.verifierKey))
    }
    let records = try log.lines().map { try JSONValue(parsing: $0) }
    let ids = records.compactMap { $0["sequence_id"]?.string }
    #expect(ids.count == InterruptedLog.count)
    #expect(Set(ids).count == ids.count, "an event has two records")
    let found = records.filter { $0["type"] != "event" }
    #expect(found.compactMap { $0["type"]?.string } == ["log.open"] + marks + ["log.close"])
    return found
  }

  @Test(arguments: [1, 255, 600, 699])
  func `whenever it was ended`(end: Int) async throws {
    let log = try await InterruptedLog(endingAt: end)
    #expect(!(await LogVerifier(log.folder.path).verify()).isTampered)
    _ = try await check(log, with: ["log.pause", "log.resume"])
  }

  @Test func `after a kill, with a torn record and lost tiles`() async throws {
    let log = try await InterruptedLog()
    // As a kill leaves it: the last record, log.pause, isn't whole; and a failed disk.
    let bytes = try InputFile.contents(of: log.folder.records, upTo: 1 << 24)
    try Data(bytes.dropLast(20)).write(to: URL(filePath: log.folder.records))
    let sizes = FolderListing.names(in: log.folder.checkpoints).compactMap { Int($0) }.sorted()
    // The newest checkpoint named it; the one before doesn't.
    let before = try #require(sizes.dropLast().last)
    try FileManager.default.removeItem(atPath: log.folder.checkpoint)
    try FileManager.default.copyItem(
      atPath: log.folder.checkpoint(before), toPath: log.folder.checkpoint)
    try FileManager.default.removeItem(atPath: log.folder.checkpoint(sizes[sizes.count - 1]))
    try FileManager.default.removeItem(atPath: log.folder.path + "/tile")
    try Data().write(to: URL(filePath: log.folder.checkpoint(sizes[0])))
    let marks = try await check(log, with: ["log.recover"])
    #expect((marks[1]["torn_bytes"]?.integer ?? 0) > 20)
    #expect(marks[1]["sealed"]?.integer == before)
    #expect(marks[1]["attempt"]?.integer == 2)
    let torn = try InputFile.contents(of: log.folder.torn, upTo: 1 << 20)
    #expect(torn.count == marks[1]["torn_bytes"]?.integer)
  }

  @Test func `a record that was sealed and changed is refused`() async throws {
    let log = try await InterruptedLog()
    var lines = try log.lines()
    lines[40] = Array(
      String(decoding: lines[40], as: UTF8.self).replacing("accepted", with: "x").utf8)
    lines[41] = Array(
      String(decoding: lines[41], as: UTF8.self).replacing("test-", with: "tess-").utf8)
    try Data(lines.flatMap { $0 + [0x0A] }).write(to: URL(filePath: log.folder.records))
    let report = try await log.goOn()
    #expect(
      report.failures == [
        "sinks.audit: can't go on with \(log.folder.path): its records aren't those that its "
          + "checkpoint names; see `patchbay audit verify`"
      ])
    #expect(report.run.canBeResumed)
    #expect(try log.lines() == lines)
  }

  @Test func `records that were sealed and removed are missed`() async throws {
    let log = try await InterruptedLog()
    let lines = try log.lines().prefix(30)
    try Data(lines.flatMap { $0 + [0x0A] }).write(to: URL(filePath: log.folder.records))
    let report = try await log.goOn()
    #expect(report.failures.count == 1)
    #expect(report.failures[0].contains("were sealed, and 30 are there"))
  }

  @Test func `a log that was closed before its run had ended needs nothing more`() async throws {
    let log = try await InterruptedLog()
    let journal = "\(log.run)/\(Journal.fileName)"
    let bytes = try InputFile.contents(of: journal, upTo: 1 << 28)
    let marks = try await check(log, with: ["log.pause", "log.resume"])
    #expect(marks.count == 4)
    // As if it had been killed between the log's end and the journal's.
    try Data(bytes).write(to: URL(filePath: journal))
    let lines = try log.lines()
    let report = try await log.goOn()
    #expect(report.failures == [])
    #expect(report.events.delivered == InterruptedLog.count)
    #expect(try log.lines() == lines)
    #expect(await LogVerifier(log.folder.path).verify().isValid)
  }
}
