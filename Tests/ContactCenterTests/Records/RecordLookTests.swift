import ContactCenter
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What is proposed for a file that nobody knows reads it as somebody who knows it would.
struct RecordLookTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/field").path

  private func options(_ look: RecordLook) throws -> JSONValue {
    let source = try #require(look.configuration?["sources"]?["log"]?.object)
    return .object(source.filter { $0.name != "type" })
  }

  private func services(_ options: JSONValue) async throws -> [String] {
    let reading = try await RecordReading(options)
    return reading.services.map { service in
      let times = [service.offered, service.connected, service.ended, service.wrapped]
      return ([service.agent.description] + times.map { $0.map(\.description) ?? "-" })
        .joined(separator: " ")
    }
  }

  @Test(arguments: [
    ("asterisk-queue-log/queue_log", "asterisk-queue-log"),
    ("amazon-connect/records.jsonl", "amazon-connect"),
    ("amazon-connect/records.array.json", "amazon-connect"),
    ("amazon-connect/records.concatenated.json", "amazon-connect"),
    ("genesys-details/conversations.json", "genesys-details"),
  ])
  func `a format that many have is known again`(file: String, preset: String) async throws {
    let look = try await RecordLook("\(Self.folder)/\(file)")
    let options = try options(look)
    #expect(options["preset"]?.string == preset)
    #expect(try await services(options).count >= 20)
    #expect(look.doubts == [])
    #expect(look.told.count == 3)
  }

  @Test func `a table of a format of its own is read as by hand`() async throws {
    let path = "\(Self.folder)/call-dataset/calls.csv"
    let look = try await RecordLook(path)
    let found = try options(look)
    let byHand: JSONValue = [
      "path": .string(path), "format": ["delimited": [:]],
      "fields": [
        "agent": "Agent", "call": "Call Id", "offered": ["Date", "Time"],
        "wait": "Speed of answer in seconds", "talk": "AvgTalkDuration",
      ],
      "time_format": "M/d/yyyy H:mm:ss",
      "served": ["field": "Answered (Y/N)", "is": "Y"],
    ]
    #expect(found == byHand, "\(found.text())")
    #expect(try await services(found) == services(byHand))
  }

  /// Two services, 9:00:00 to 9:05:00 and 9:01:00 to 9:02:30.
  @Test(arguments: [
    "bom", "comment-and-title", "crlf", "empty-agent", "header-case-and-space",
    "no-final-newline", "no-times", "quoted-header", "semicolons", "stray-quote",
    "trailing-delimiter", "utf16",
  ])
  func `tables with oddities are read all the same`(name: String) async throws {
    let look = try await RecordLook("\(Self.folder)/messy/\(name).csv")
    let found = try await services(options(look))
    let times = found.map { $0.split(separator: " ").dropFirst(2).prefix(2).joined(separator: " ") }
    #expect(
      times == [
        "2026-01-05T09:00:00.000000000Z 2026-01-05T09:05:00.000000000Z",
        "2026-01-05T09:01:00.000000000Z 2026-01-05T09:02:30.000000000Z",
      ])
  }

  @Test func `what it can't know it says`() async throws {
    let dates = try await RecordLook("\(Self.folder)/messy/us-dates-am-pm.csv")
    #expect(dates.doubts.first?.hasPrefix(#""1/5/2026" can be read as "d/M/yyyy", too"#) ?? false)
    let bad = try await RecordLook("\(Self.folder)/messy/every-row-bad.csv")
    #expect(bad.configuration == nil)
    // With what there is, column by column.
    #expect(bad.doubts.first?.hasPrefix("no column tells when a talk ended") ?? false)
    #expect(bad.doubts.contains { $0.contains(#""date": 1 different texts, such as "monday""#) })
    for name in ["empty", "header-only"] {
      await #expect(throws: UnreadableInput.self) {
        try await RecordLook("\(Self.folder)/messy/\(name).csv")
      }
    }
  }

  @Test func `numbers that restart each day are named with the day`() async throws {
    let look = try await RecordLook("\(Self.folder)/messy/daily-call-numbers.csv")
    #expect(try options(look)["fields"]?["call"] == ["date", "call"])
  }

  /// Days are told from months by the order of the rows.
  @Test func `a log is in the order of time`() throws {
    func look(_ dates: [String]) throws -> String? {
      let rows = dates.enumerated().map { "Ann;c\($0);\($1) 9:00;\($1) 9:05" }
      let text = "agent;call;start;end\n" + rows.joined(separator: "\n")
      return try options(RecordLook(Array(text.utf8), isWhole: true, of: "x"))["time_format"]?
        .string
    }
    #expect(try look(["9/3/2026", "10/3/2026", "11/3/2026"]) == "d/M/yyyy H:mm")
    #expect(try look(["3/9/2026", "3/10/2026", "3/11/2026"]) == "M/d/yyyy H:mm")
    #expect(try look(["9.3.2026", "10.3.2026"]) == "d.M.yyyy H:mm")
    #expect(try look(["2026-03-09", "2026-03-10"]) == nil)
    #expect(try look(["Mar 9, 2026", "Mar 10, 2026"]) == "MMM d, yyyy H:mm")
  }

  @Test func `what says no to a state is left to who knows`() throws {
    let words = [
      "READY", "NOT_READY", "Unavailable", "inactive", "NotTalking", "no answer", "TalkingIn",
      "wrapUp",
    ]
    let lines = words.enumerated().map {
      #"{"who":"A","status":"\#($1)","at":\#(1_770_000_000_000 + $0)}"#
    }
    let look = try RecordLook(
      Array(lines.joined(separator: "\n").utf8), isWhole: true, of: "x")
    #expect(
      look.configuration?["connections"]?["theirs"]?["states"] == [
        "routing/agent/available": "READY", "interaction/media/connected": "TalkingIn",
        "routing/agent/wrapping": "wrapUp",
      ])
    #expect(look.configuration?["validators"]?["schema"]?["interaction"] == "optional")
    let unknown = try #require(look.doubts.first { $0.hasPrefix("nothing says") })
    for word in words where !["READY", "TalkingIn", "wrapUp"].contains(word) {
      #expect(unknown.contains("\"\(word)\""))
    }
  }

  /// Names in a language that it doesn't know.
  @Test func `times are told apart by their order in the rows`() throws {
    let text = """
      Nr;Eingang;Annahme;Agent;Talk time
      1;13.02.2026 09:00:00;13.02.2026 09:00:53;Ann;00:04:00
      2;13.02.2026 09:02:00;;;
      3;14.02.2026 09:03:00;14.02.2026 09:03:20;Bob;00:02:00
      """
    let look = try RecordLook(Array(text.utf8), isWhole: true, of: "x")
    #expect(
      try options(look)["fields"] == [
        "agent": "Agent", "call": "Nr", "offered": "Eingang", "start": "Annahme",
        "talk": "Talk time",
      ])
    #expect(look.doubts.count == 3, "\(look.doubts)")
    #expect(look.told.count == 2)
  }

  @Test func `records that are events get a mapping`() throws {
    let lines = ["FREE", "RING", "TALK", "HANGUP", "WRAP", "LUNCH"].enumerated().map {
      number, word in
      #"{"eventId":"\#(number)","at":\#(1_770_000_000_000 + number),"call":{"ref":"c1"},"who":"Ann","what":"\#(word)"}"#
    }
    let look = try RecordLook(
      Array(lines.joined(separator: "\n").utf8), isWhole: true, of: "x")
    let mapping = try #require(look.configuration?["connections"]?["theirs"])
    #expect(
      mapping["members"] == [
        "sequence_id": "eventId", "timestamp": "at", "interaction_id": "call.ref",
        "agent_id": "who", "state": "what",
      ])
    #expect(mapping["time_format"] == "epoch-ms")
    #expect(
      mapping["states"] == [
        "routing/agent/available": "FREE", "interaction/media/disconnected": "HANGUP",
        "routing/agent/busy": "RING", "interaction/media/connected": "TALK",
        "routing/agent/wrapping": "WRAP",
      ])
    #expect(look.doubts.contains { $0.contains(#""LUNCH""#) })
    #expect(look.told.first == "Ann: FREE at 1770000000000")
  }
}
