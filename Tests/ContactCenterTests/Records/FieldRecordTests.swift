import ContactCenter
import ContactModel
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Records as centres have them: the services found are those that somebody else found.
struct FieldRecordTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/field").path

  /// A service as one line: who, which call, when.
  private func line(
    _ agent: UUIDBits, _ call: UUIDBits, _ times: [Timestamp?]
  ) -> String {
    ([agent.description, call.description] + times.map { $0.map(\.description) ?? "-" })
      .joined(separator: " ")
  }

  /// What `services.csv` says, which has no quotes but around names.
  private func expected(_ name: String) throws -> [String] {
    let text = try String(contentsOfFile: "\(Self.folder)/\(name)/services.csv", encoding: .utf8)
    var ids = RecordIDs()
    return text.split(separator: "\n").dropFirst().map { row in
      var fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if fields[0].hasPrefix("\"") {
        fields[0...1] = [(fields[0] + "," + fields[1]).trimmingCharacters(in: ["\""])]
      }
      return line(
        ids.agent(fields[0]), RecordIDs.interaction(fields[1]),
        fields[2...5].map { $0.isEmpty ? nil : Timestamp($0) })
    }.sorted()
  }

  private func found(_ options: JSONValue) async throws -> (services: [String], problems: [String])
  {
    let reading = try await RecordReading(options)
    let lines = reading.services.map {
      line($0.agent, $0.interaction, [$0.offered, $0.connected, $0.ended, $0.wrapped])
    }
    return (lines.sorted(), reading.problems)
  }

  @Test func `a much copied CSV with talk times and speeds of answer`() async throws {
    let (services, problems) = try await found([
      "path": .string("\(Self.folder)/call-dataset/calls.csv"),
      "fields": [
        "agent": "Agent", "call": "Call Id", "offered": ["Date", "Time"],
        "wait": "Speed of answer in seconds", "talk": "AvgTalkDuration",
      ],
      "served": ["field": "Answered (Y/N)", "is": "Y"], "time_format": "M/d/yyyy H:mm:ss",
    ])
    #expect(problems == [])
    #expect(try services == expected("call-dataset"))
  }

  @Test(arguments: [
    ("records.jsonl", "json-lines"), ("records.array.json", "json-array"),
    ("records.concatenated.json", "json-concatenated"),
  ])
  func `contact records of Amazon Connect, of which the latest counts`(
    file: String, format: String
  ) async throws {
    let (services, problems) = try await found([
      "path": .string("\(Self.folder)/amazon-connect/\(file)"), "format": .string(format),
      "fields": [
        "agent": "Agent.Username", "call": "ContactId", "offered": "Queue.DequeueTimestamp",
        "start": "Agent.ConnectedToAgentTimestamp", "end": "Agent.AfterContactWorkStartTimestamp",
        "wrapped": "Agent.AfterContactWorkEndTimestamp",
      ],
      "latest_by": "LastUpdateTimestamp",
    ])
    #expect(problems == [])
    #expect(try services == expected("amazon-connect"))
  }

  @Test func `conversation details of Genesys Cloud, of which agents have parts`() async throws {
    let (services, problems) = try await found([
      "path": .string("\(Self.folder)/genesys-details/conversations.json"),
      "format": ["json-array": ["in": "conversations"]],
      "each": ["participants[purpose=agent]", "sessions"],
      "fields": [
        "agent": "userId", "call": "conversationId",
        "offered": "segments[segmentType=alert][first].segmentStart",
        "start": "segments[segmentType=interact][first].segmentStart",
        "end": "segments[segmentType=interact][last].segmentEnd",
        "wrapped": "segments[segmentType=wrapup][last].segmentEnd",
      ],
    ])
    #expect(problems == [])
    #expect(try services == expected("genesys-details"))
  }

  @Test(arguments: [
    ("amazon-connect", "records.jsonl", "amazon-connect"),
    ("genesys-details", "conversations.json", "genesys-details"),
    ("asterisk-queue-log", "queue_log", "asterisk-queue-log"),
  ])
  func `a preset is all that it takes`(folder: String, file: String, preset: String) async throws {
    let (services, problems) = try await found([
      "path": .string("\(Self.folder)/\(folder)/\(file)"), "preset": .string(preset),
    ])
    #expect(problems == [])
    #expect(try services == expected(folder))
  }

  /// Options beside a preset go before its own.
  @Test func `a preset for another form of the same records`() async throws {
    let (services, problems) = try await found([
      "path": .string("\(Self.folder)/amazon-connect/records.array.json"),
      "preset": "amazon-connect", "format": "json-array",
    ])
    #expect(problems == [])
    #expect(try services == expected("amazon-connect"))
  }

  @Test func `holds are times within the talk`() async throws {
    let reading = try await RecordReading([
      "path": .string("\(Self.folder)/genesys-details/conversations.json"),
      "preset": "genesys-details",
    ])
    // As many segments of type hold are in the file.
    #expect(reading.tally.holds == 24)
    let first = try #require(
      reading.services.first { $0.offered.description.hasPrefix("2026-03-02T08:03:05") })
    #expect(
      first.holds.map { [$0.start.description.suffix(13), $0.end.description.suffix(13)] } == [
        [":25.000000000Z".suffix(13), ":55.000000000Z".suffix(13)]
      ])
  }

  @Test func `a queue log of Asterisk tells where agents are, too`() async throws {
    let reading = try await RecordReading([
      "path": .string("\(Self.folder)/asterisk-queue-log/queue_log"),
      "preset": "asterisk-queue-log",
    ])
    // By grep: 3 ADDMEMBER and 7 UNPAUSE, 7 PAUSE for lunch, 3 REMOVEMEMBER.
    #expect(reading.tally.presences == 20)
    #expect(reading.tally.unknown == 0)
    var told: [SystemPresence: Int] = [:]
    for case .presence(let presence) in reading.others.map(\.kind) {
      told[presence, default: 0] += 1
    }
    #expect(told == [.onQueue: 10, .meal: 7, .offline: 3])
  }
}
