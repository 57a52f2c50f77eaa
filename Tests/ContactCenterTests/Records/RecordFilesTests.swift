import ContactCenter
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Records in several files count as those of one.
struct RecordFilesTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func write(_ name: String, _ rows: [String], header: String = "agent,call,start,end\n")
    throws
  {
    try Data((header + rows.joined(separator: "\n")).utf8)
      .write(to: URL(filePath: "\(folder)/\(name)"))
  }

  private func reading(_ paths: JSONValue, _ more: [JSONValue.Member] = []) async throws
    -> RecordReading
  {
    try await RecordReading(.object([.init("path", paths)] + more))
  }

  @Test func `they are read in the order of their first times, whatever their names are`()
    async throws
  {
    try write(
      "a.csv", ["Ann,3,2026-01-07 9:00,2026-01-07 9:05", "Ann,4,2026-01-07 10:00,2026-01-07 10:05"])
    try write("b.csv", ["Bob,1,2026-01-05 9:00,2026-01-05 9:05"])
    try write("c.csv", ["-,9,,", "Cid,2,2026-01-06 9:00,2026-01-06 9:05"])
    try write("d.csv", [])
    let found = try await reading(.string("\(folder)/*.csv"), [.init("no_agent", "-")])
    #expect(found.error == "")
    #expect(
      found.services.map(\.connected.description.dayAndHour) == [
        "05T09", "06T09", "07T09", "07T10",
      ])
    // Numbers go on, lines begin anew.
    #expect(found.services.map(\.number) == [1, 3, 4, 5])
    #expect(found.services.map(\.line) == [2, 3, 2, 3])
    #expect(found.services.map(\.file) == [0, 1, 2, 2])
    #expect(found.tally.records == 5 && found.tally.agents == 3)
  }

  @Test func `what is wrong in one says which, and where`() async throws {
    try write("1.csv", ["Ann,1,2026-01-05 9:00,2026-01-05 9:05"])
    try write("2.csv", ["Bob,2,noon,2026-01-06 9:05", "Bob,3,2026-01-06 9:00,2026-01-06 9:05"])
    let options = try RecordsOptions([
      "path": [.string("\(folder)/1.csv"), .string("\(folder)/2.csv")]
    ])
    let found = try await RecordsSource.findings(of: options)
    let places = found.findings.compactMap { finding -> String? in
      if case .problem(_, let place, _) = finding { place.description } else { nil }
    }
    #expect(places == ["\(folder)/2.csv:2"])
  }

  @Test func `a service may begin in one and end in the next`() async throws {
    try write("late", ["1767603900|c|q|Ann|COMPLETEAGENT|1|2|3"], header: "")
    try write("early", ["1767603600|c|q|Ann|CONNECT|5|x|5"], header: "")
    let found = try await reading(
      [.string("\(folder)/early"), .string("\(folder)/late")],
      [
        .init("format", ["delimited": ["delimiter": "|", "header": false, "quotes": "none"]]),
        .init("fields", ["agent": "4", "call": "2", "start": "1", "ring": "6", "end": "1"]),
        .init("pairs", ["field": "5", "start": "CONNECT", "end": "COMPLETEAGENT"]),
        .init("time_format", "epoch-s"),
      ])
    #expect(found.problems == [])
    #expect(found.services.map(\.connected.description) == ["2026-01-05T09:00:00.000000000Z"])
    #expect(found.services.map(\.ended.description) == ["2026-01-05T09:05:00.000000000Z"])
  }

  @Test func `the latest record of a call counts, in whichever file it is`() async throws {
    let header = "agent,call,start,end,version\n"
    try write("1", ["Ann,1,2026-01-05 9:00,2026-01-05 9:05,1"], header: header)
    try write("2", ["Ann,1,2026-01-05 9:00,2026-01-05 9:06,2"], header: header)
    let found = try await reading(
      .string("\(folder)/[12]"), [.init("latest_by", "version")])
    #expect(found.services.map(\.ended.description) == ["2026-01-05T09:06:00.000000000Z"])
    #expect(found.tally.superseded == 1)
  }

  @Test func `empty ones are named, and files that nobody can use are refused together`()
    async throws
  {
    try write("1.csv", [], header: "")
    try write("2.csv", ["Ann,1,2026-01-05 9:00,2026-01-05 9:05"])
    try write("3.csv", [], header: "")
    let found = try await reading(.string("\(folder)/?.csv"))
    #expect(found.services.count == 1)
    try write("2.csv", [])
    let nothing = try await reading(.string("\(folder)/?.csv"))
    #expect(nothing.error.hasSuffix("have a header and nothing behind it"), "\(nothing.error)")
  }

  @Test func `what is in two exports is told once`() async throws {
    let rows = (9..<12).map { "Ann,\($0),2026-01-05 \($0):00,2026-01-05 \($0):05" }
    try write("1.csv", Array(rows.prefix(2)))
    try write("2.csv", Array(rows.suffix(2)) + ["Ann,11,2026-01-05 11:00,2026-01-05 11:06"])
    let found = try await reading(.string("\(folder)/?.csv"))
    #expect(found.services.map(\.number) == [1, 2, 4, 5])
    #expect(found.tally.duplicates == 1)
    #expect(found.tally.services == 4)
    #expect(found.tally.zonesGuessed == 10)
    let known = try await reading(.string("\(folder)/1.csv"), [.init("time_zone", "UTC")])
    #expect(known.tally.zonesGuessed == 0)
  }

  @Test func `a pattern that matches nothing is said`() async throws {
    let found = try await reading(.string("\(folder)/*.csv"))
    #expect(found.error == "no file matches \(folder)/*.csv")
    #expect(throws: InvalidOptions.self) { try RecordsOptions(["path": []]) }
    #expect(throws: InvalidOptions.self) { try RecordsOptions(["path": ["x", ""]]) }
  }

  /// The first of two has only the beginning of a service.
  @Test func `files of pairs are put in order by any of their records`() async throws {
    try write("a", ["1767603900|c|q|Ann|COMPLETEAGENT|1|2|3"], header: "")
    try write("b", ["1767603600|c|q|Ann|CONNECT|5|x|5"], header: "")
    let found = try await reading(
      .string("\(folder)/*"), [.init("preset", "asterisk-queue-log")])
    #expect(found.problems == [])
    #expect(found.services.count == 1)
  }

  @Test func `a file that has such a name is itself`() async throws {
    try write("log[1].csv", ["Ann,1,2026-01-05 9:00,2026-01-05 9:05"])
    #expect(try await reading(.string("\(folder)/log[1].csv")).services.count == 1)
  }
}

extension String {
  fileprivate var dayAndHour: String { String(dropFirst(8).prefix(5)) }
}
