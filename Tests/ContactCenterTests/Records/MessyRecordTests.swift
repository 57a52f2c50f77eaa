import ContactCenter
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What is amiss in small tables, each with its own cure or its own message.
struct MessyRecordTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/field/messy")
    .path

  private struct Found {
    var services: [String] = []
    var problems: [String] = []
    var tally = RecordTally()
    var error = ""
  }

  /// The services as `AGENT FROM-TO` with times of day, agents by their names.
  private func read(
    _ name: String, agents: [String] = ["Ann", "Bob"], _ more: [JSONValue.Member] = []
  ) async throws -> Found {
    var members: [JSONValue.Member] = [
      .init("path", .string("\(Self.folder)/\(name).csv")),
      .init("fields", ["start": ["date", "start"], "end": ["date", "end"]]),
    ]
    for member in more {
      members.removeAll { $0.name == member.name }
      members.append(member)
    }
    let reading = try await RecordReading(.object(members))
    var found = Found()
    found.problems = reading.problems
    found.error = reading.error.replacing(Self.folder + "/", with: "")
    var ids = RecordIDs()
    let names = Dictionary(uniqueKeysWithValues: agents.map { (ids.agent($0), $0) })
    found.services = reading.services.map {
      "\(names[$0.agent] ?? "?") \(Self.clock($0.connected))-\(Self.clock($0.ended))"
    }
    found.tally = reading.tally
    return found
  }

  private static func clock(_ time: Timestamp) -> String {
    String(time.description.dropFirst(11).prefix(8))
  }

  private static let both = ["Ann 09:00:00-09:05:00", "Bob 09:01:00-09:02:30"]

  @Test(arguments: [
    "bom", "crlf", "no-final-newline", "trailing-delimiter", "quoted-header",
    "header-case-and-space",
  ])
  func `what is written a little otherwise is read`(name: String) async throws {
    let found = try await read(name)
    #expect(found.error == "")
    #expect(found.problems == [])
    #expect(found.services == Self.both)
    #expect(found.tally.guessed.count == (name == "header-case-and-space" ? 5 : 0))
  }

  @Test func `semicolons, and quotes in whatever way`() async throws {
    let semicolons = try await read(
      "semicolons", [.init("format", ["delimited": ["delimiter": ";"]])])
    #expect(semicolons.services == Self.both)
    let quoted = try await read("quoted", agents: ["Doe, Ann", "Ann \"Q\" Lee", "Bob"])
    #expect(
      quoted.services == [
        "Doe, Ann 09:00:00-09:05:00", "Ann \"Q\" Lee 09:10:00-09:11:00", "Bob 09:01:00-09:02:30",
      ])
    let newline = try await read("quoted-newline", agents: ["Ann\nSmith", "Bob"])
    #expect(newline.services == ["Ann\nSmith 09:00:00-09:05:00", "Bob 09:01:00-09:02:30"])
    #expect(newline.tally.records == 2)
  }

  @Test func `quotes that RFC 4180 doesn't have are named, or are characters`() async throws {
    let strict = try await read("stray-quote")
    #expect(
      strict.problems == [
        "2: there is a quote in column 5, in the middle of a field; if quotes are mere characters here, "
          + "set \"quotes\" to \"none\"", "3: the quote at line 3, column 1 is never closed",
      ])
    let lax = try await read(
      "stray-quote", agents: ["Ann \"Q\" Lee", "\"Bob"],
      [.init("format", ["delimited": ["quotes": "none"]])])
    #expect(lax.problems == [])
    #expect(lax.services == ["Ann \"Q\" Lee 09:00:00-09:05:00", "\"Bob 09:01:00-09:02:30"])
  }

  @Test func `calls that nobody served aren't bad`() async throws {
    let empty = try await read("empty-agent")
    #expect(empty.problems == [])
    #expect(empty.services == Self.both)
    #expect(empty.tally.unserved == 2)
    let noTimes = try await read(
      "no-times",
      [.init("no_agent", ["", "NO_SERVER"]), .init("no_time", ["", "-", "0:00:00"])])
    #expect(noTimes.problems == [])
    #expect(noTimes.services == Self.both)
    // By the times alone, of which 00:00:00 is the same as 0:00:00.
    let byTime = try await read("no-times", [.init("no_time", ["-", "0:00:00"])])
    #expect(byTime.services == Self.both)
    #expect(byTime.tally.unserved == 2)
  }

  @Test func `an end before its start is the next day's, or bad`() async throws {
    let wrong = try await read("end-before-start")
    #expect(
      wrong.problems == [
        "2: date and end: it ended at 2026-01-05T09:04:59.000000000Z, before it was answered at "
          + "2026-01-05T09:05:00.000000000Z"
      ])
    #expect(wrong.services == Self.both)
    let midnight = try await read("midnight")
    #expect(midnight.services == ["Ann 23:50:00-00:10:00"])
    #expect(midnight.tally.overMidnight == 1)
  }

  @Test func `numbers that restart each day are told, or the date is part of the key`() async throws
  {
    let merged = try await read("daily-call-numbers")
    #expect(merged.tally.callsAgain == 1)
    let told = try await read(
      "daily-call-numbers",
      [
        .init(
          "fields",
          ["call": ["date", "call"], "start": ["date", "start"], "end": ["date", "end"]])
      ])
    #expect(told.tally.callsAgain == 0)
    #expect(told.services.count == 2)
  }

  @Test func `what stands before the header is passed over, and shown where it isn't`() async throws
  {
    let unread = try await read("comment-and-title")
    #expect(
      unread.error
        == "comment-and-title.csv:1: there is no column \"agent\"; the line is \"# exported 2026-01-06\"; "
        + "if the header comes later, say so by \"skip_lines\" or \"comment\"")
    let skipped = try await read(
      "comment-and-title", [.init("format", ["delimited": ["skip_lines": 3]])])
    #expect(skipped.services == Self.both)
  }

  @Test func `times in all sorts of spelling`() async throws {
    let american = try await read(
      "us-dates-am-pm", [.init("time_format", "M/d/yyyy h:mm:ss a")])
    #expect(american.services == ["Ann 11:55:00-12:05:00"])
    let alone: JSONValue = ["start": "start", "end": "end"]
    let inOne = try await read("date-time-in-one", [.init("fields", alone)])
    #expect(
      inOne.problems == [
        "2: end: it ended at 2026-01-05T08:05:00.500000000Z, before it was answered at "
          + "2026-01-05T09:00:00.000000000Z"
      ])
    let epoch = try await read(
      "epoch", [.init("fields", alone), .init("time_format", "epoch-s")])
    #expect(epoch.services == ["Ann 09:00:00-09:05:00"])
  }

  @Test func `a file that nobody can use says why`() async throws {
    #expect(try await read("empty").error == "empty.csv is empty")
    #expect(
      try await read("header-only").error == "header-only.csv has a header and nothing behind it")
    #expect(try await read("every-row-bad").problems.count == 3)
    #expect(
      try await read("utf16").error
        == "utf16.csv is text in UTF-16: set \"encoding\" to \"utf-16\"")
    #expect(
      try await read("latin1").problems == [
        "2: field 1 is not valid UTF-8; if all are like that, set \"encoding\""
      ])
  }

  @Test func `other encodings are read when they are named`() async throws {
    #expect(try await read("utf16", [.init("encoding", "utf-16")]).services == Self.both)
    let latin = try await read(
      "latin1", agents: ["René", "Ann", "Bob"], [.init("encoding", "latin-1")])
    #expect(latin.error == "" && latin.problems == [])
    #expect(latin.services.first == "René 09:00:00-09:05:00")
  }

  @Test func `local times are those of a zone, also when clocks change`() async throws {
    let folder = try TemporaryFolder.make()
    let rows = """
      agent,call,start,end
      Ann,1,2026-01-05 09:00:00,2026-01-05 09:05:00
      Ann,2,2026-07-05 09:00:00,2026-07-05 09:05:00
      Ann,3,2026-10-25 02:30:00,2026-10-25 03:30:00
      Ann,4,2026-03-29 02:30:00,2026-03-29 03:40:00
      """
    try Data(rows.utf8).write(to: URL(filePath: folder + "/zones.csv"))
    let reading = try await RecordReading([
      "path": .string(folder + "/zones.csv"), "fields": ["start": "start", "end": "end"],
      "time_zone": "Europe/Berlin",
    ])
    #expect(reading.problems == [])
    #expect(
      reading.services.map { "\(Self.clock($0.connected))-\(Self.clock($0.ended))" } == [
        "08:00:00-08:05:00", "07:00:00-07:05:00", "00:30:00-02:30:00", "01:30:00-01:40:00",
      ])
    #expect(reading.tally.ambiguous == 1 && reading.tally.skipped == 1)
    #expect(throws: (any Error).self) {
      try RecordsOptions(["path": "x", "time_zone": "Mars/Olympus"])
    }
  }

  /// A small file of its own.
  private func read(
    text: String, _ options: [JSONValue.Member] = []
  ) async throws -> RecordReading {
    let folder = try TemporaryFolder.make()
    try Data(text.utf8).write(to: URL(filePath: folder + "/x"))
    return try await RecordReading(.object([.init("path", .string(folder + "/x"))] + options))
  }

  private static let fields: JSONValue.Member = .init(
    "fields",
    ["start": ["date", "start"], "end": ["date", "end"], "wrapped": ["date", "wrapped"]])

  @Test func `every time of day after midnight is the next day's, by its zone`() async throws {
    let found = try await read(
      text: "agent,call,date,start,end,wrapped\nAnn,1,2026-10-24,23:50:00,23:59:00,0:02:00\n"
        + "Ann,2,2026-10-24,23:50:00,3:10:00,3:12:00\n",
      [Self.fields, .init("time_zone", "Europe/Berlin")])
    #expect(found.problems == [])
    // The second night has an hour more.
    #expect(
      found.services.map { "\(Self.clock($0.ended)) \(Self.clock($0.wrapped ?? $0.ended))" }
        == ["21:59:00 22:02:00", "02:10:00 02:12:00"])
    #expect(found.tally.overMidnight == 3)
  }

  @Test func `a service that begins twice was never ended once`() async throws {
    let found = try await read(
      text: "10,c1,Ann,CONNECT\n20,c1,Ann,CONNECT\n30,c1,Ann,COMPLETE\n40,c2,Ann,CONNECT\n",
      [
        .init("format", ["delimited": ["header": false]]),
        .init("fields", ["agent": "3", "call": "2", "start": "1", "end": "1"]),
        .init("pairs", ["field": "4", "start": "CONNECT", "end": "COMPLETE"]),
        .init("time_format", "epoch-s"),
      ])
    #expect(found.error == "")
    #expect(found.services.map { Self.clock($0.connected) } == ["00:00:20"])
    #expect(found.tally.open == 2)
  }

  @Test func `a date of its own is no time of day`() async throws {
    let found = try await read(
      text: "agent,call,d1,t1,d2,t2\nAnn,1,2026-01-05,9:00:00,2026-01-04,20:00:00\n",
      [.init("fields", ["start": ["d1", "t1"], "end": ["d2", "t2"]])])
    #expect(found.services.isEmpty && found.problems.count == 1)
  }

  @Test func `what names nobody and nothing is bad`() async throws {
    let found = try await read(
      text: "First,Last,call,start,end\n,,1,2026-01-05 09:00,2026-01-05 09:01\n"
        + "Ann,Lee,,2026-01-05 09:00,2026-01-05 09:01\n",
      [.init("fields", ["agent": ["First", "Last"]])])
    #expect(found.problems == ["3: call: is empty"])
    #expect(found.tally.unserved == 1)
  }

  @Test func `a bad value of an array is one problem, whatever stands around it`() async throws {
    let one = #"{"agent":"Ann","call":"1","start":"2026-01-05 09:00","end":"2026-01-05 09:01"}"#
    let found = try await read(
      text: "[\(one),null,[{}],\"]\", 7 ,{\"a\":},\(one.replacing("1\",", with: "2\","))]",
      [.init("format", "json-array")])
    #expect(found.services.count == 2)
    #expect(found.problems.count == 5)
    let long = try await read(
      text:
        "[\n{\"x\": [\n{\"y\": 1}\n], \"z\": \"\(String(repeating: "a", count: 400))\"}, \(one)]",
      [.init("format", "json-array"), .init("longest_record", "200B")])
    #expect(long.services.count == 1)
    #expect(long.problems == ["2: it is longer than 200 bytes"])
  }

  @Test func `a file that isn't the array that it is read as says so`() async throws {
    let other = try await read(
      text: #"{"conversation": [{"a": 1}]}"#,
      [.init("format", ["json-array": ["in": "conversations"]])])
    #expect(
      other.problems == [
        "1: there is no member \"conversations\" with an array in the file's object"
      ])
    let open = try await read(text: "[{\"a\": 1}", [.init("format", "json-array")])
    #expect(open.problems.last == "1: the array is never closed")
  }

  @Test func `of several records the latest counts, by time where there is one`() async throws {
    func row(_ agent: String, _ version: String) -> String {
      "\(agent),1,2026-01-05 09:00,2026-01-05 09:01,\(version)\n"
    }
    let found = try await read(
      text: "agent,call,start,end,v\n" + row("Ann", "2026-01-05T10:00:00Z")
        + row("Bob", "2026-01-05T10:00:00.5Z") + row("Cleo", "2026-01-05T10:30:00+01:00")
        + row("Dev", ""),
      [.init("latest_by", "v")])
    var ids = RecordIDs()
    #expect(found.services.map(\.agent) == [ids.agent("Bob")])
    #expect(found.tally.superseded == 3)
  }

  @Test func `a header that can't be told is no bad row`() async throws {
    let found = try await read(text: "agent,ca\"ll,start,end\nAnn,1,x,y\n")
    #expect(found.error.contains("x:1: the header can't be told: there is a quote in column 9"))
    let twice = try await read(text: "agent,call,start,start,end\nAnn,1,x,y,z\n")
    #expect(twice.error.contains("x:1: the column \"start\" is there twice"))
  }

  @Test(arguments: ["h:mm", "H:mm a", "H:mm", "ddddd", "Q", "d 'of"])
  func `a pattern that tells no time is refused`(pattern: String) {
    #expect(throws: (any Error).self) {
      try RecordsOptions(["path": "x", "time_format": .string(pattern)])
    }
  }

  @Test(
    arguments: [
      ["wait": "w", "start": "s"], ["hold": "h", "end": "e"], ["talk": "t", "end": "e"],
      ["ring": "r", "offered": "o"], ["talk": ["a", "b"]],
    ] as [JSONValue])
  func `fields that contradict each other are refused`(fields: JSONValue) {
    #expect(throws: (any Error).self) { try RecordsOptions(["path": "x", "fields": fields]) }
  }

  /// Holds that overlap, begin before the talk, end after it, or never end.
  @Test(arguments: [
    ("9:01:00", "9:02:00", ["9:01:00 9:02:00"]), ("8:59:00", "9:02:00", ["9:00:00 9:02:00"]),
    ("9:04:00", "9:09:00", ["9:04:00 9:05:00"]), ("9:04:00", "", ["9:04:00 9:05:00"]),
    ("9:06:00", "9:07:00", []), ("", "", []), ("9:02:00", "9:01:00", []),
  ])
  func `holds are within the talk`(start: String, end: String, expected: [String]) async throws {
    let folder = try TemporaryFolder.make()
    let path = "\(folder)/x.csv"
    let day = "2026-01-05"
    func time(_ text: String) -> String { text.isEmpty ? "" : "\(day) \(text)" }
    try Data(
      "agent,call,start,end,h1,h2\nAnn,c,\(day) 9:00:00,\(day) 9:05:00,\(time(start)),\(time(end))\n"
        .utf8
    ).write(to: URL(filePath: path))
    let reading = try await RecordReading([
      "path": .string(path), "fields": ["hold_start": "h1", "hold_end": "h2"],
    ])
    #expect(reading.problems == [])
    let found = reading.services.flatMap(\.holds).map { hold in
      [hold.start, hold.end].map { String($0.description.dropFirst(12).prefix(7)) }
        .joined(separator: " ")
    }
    #expect(found == expected)
  }
}
