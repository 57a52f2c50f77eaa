import ContactCenter
import ContactModel
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Formats of which no field file is at hand: by what their vendors' documents and their users say of them.
struct RecordPresetTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func read(
    _ preset: String, _ text: String, _ more: [JSONValue.Member] = []
  ) async throws -> RecordReading {
    let path = "\(folder)/log"
    try Data(text.utf8).write(to: URL(filePath: path))
    return try await RecordReading(
      .object([.init("path", .string(path)), .init("preset", .string(preset))] + more))
  }

  private func told(_ reading: RecordReading) -> [String] {
    (reading.services + reading.others).map { service in
      let times = [service.offered, service.connected, service.ended, service.wrapped]
      let kind =
        if case .presence(let presence) = service.kind { presence.stateName } else {
          "\(service.kind)"
        }
      return "\(kind) "
        + times.map { $0.map { String($0.description.dropFirst(11).prefix(8)) } ?? "-" }
        .joined(separator: " ")
    }
  }

  @Test func `calls of Asterisk that nobody took, transfers and verbs that aren't known`()
    async throws
  {
    let reading = try await read(
      "asterisk-queue-log",
      """
      1767603600|c1|support|NONE|ENTERQUEUE||100|1
      1767603610.5|c1|support|Ann|RINGNOANSWER|10000
      1767603620|c1|support|Bob|CONNECT|20|x|4
      1767603680|c1|support|Bob|BLINDTRANSFER|200|ctx|20|60|1
      1767603700|NONE|support|Bob|PAUSE|Coffee
      1767603710|NONE|support|Bob|PAUSE|of his own
      1767603715|NONE|support|Bob|UNPAUSE|Coffee
      1767603720|c2|support|Bob|SOMETHING|1

      """)
    #expect(reading.problems == [])
    #expect(reading.tally.unknown == 1)
    #expect(reading.tally.unanswered == 1)
    #expect(
      told(reading) == [
        "served 09:00:16 09:00:20 09:01:20 -", "unanswered 09:00:00 09:00:10 09:00:10 -",
        "break 09:01:40 09:01:40 09:01:40 -", "away 09:01:50 09:01:50 09:01:50 -",
        "on_queue 09:01:55 09:01:55 09:01:55 -",
      ])
  }

  @Test func `call records of Asterisk`() async throws {
    let head = #""","100","200","from-trunk","""Ann"" <100>","SIP/trunk-01""#
    let rows = [
      #""PJSIP/21-0000001f","Queue","x,,","2026-01-05 09:00:00","2026-01-05 09:00:07","2026-01-05 09:05:00","300","293","ANSWERED","3","1.1","""#,
      #""PJSIP/desk-2-00000020","Queue","x","2026-01-05 09:01:00","2026-01-05 09:01:02","2026-01-05 09:02:00","60","58","ANSWERED","3","1.2","""#,
      #""","Hangup","x","2026-01-05 09:01:00","","2026-01-05 09:02:00","60","0","NO ANSWER","3","1.3","""#,
    ]
    let reading = try await read(
      "asterisk-cdr", rows.map { "\(head),\($0)" }.joined(separator: "\n"))
    #expect(reading.problems == [])
    #expect(
      told(reading) == [
        "served 09:00:00 09:00:07 09:05:00 -", "served 09:01:00 09:01:02 09:02:00 -",
      ])
    #expect(reading.tally.unserved == 1)
    var ids = RecordIDs()
    let agents = [ids.agent("PJSIP/21"), ids.agent("PJSIP/desk-2")]
    #expect(reading.services.map(\.agent) == agents)
  }

  @Test func `call records of FreeSWITCH`() async throws {
    let member = "8001@pbx,aaaaaaaa-0000-4000-8000-000000000001,1767603600,1767603620,1767603680,"
    let reading = try await read(
      "freeswitch-cdr",
      """
      uuid,cc_side,cc_agent,cc_member_session_uuid,cc_queue_joined_epoch,cc_queue_answered_epoch,\
      cc_queue_terminated_epoch,cc_queue_canceled_epoch
      1,member,\(member)
      2,agent,\(member)
      3,member,,aaaaaaaa-0000-4000-8000-000000000002,1767603700,,1767603760,1767603760
      """)
    #expect(reading.problems == [])
    #expect(told(reading) == ["served 09:00:00 09:00:20 09:01:20 -"])
    #expect(
      reading.services[0].interaction.description == "aaaaaaaa-0000-4000-8000-000000000001")
    #expect(reading.tally.unserved == 2)
  }

  @Test func `a call log of Five9`() async throws {
    let reading = try await read(
      "five9",
      """
      CALL ID,TIMESTAMP,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,AFTER CALL WORK TIME
      300,"Mon, 05 Jan 2026 09:00:00",ann@x.com,00:01:00,00:00:05,00:04:00,00:00:30,00:00:20
      301,"Mon, 05 Jan 2026 09:10:00",bob@x.com,,00:00:05,00:04:00,,
      302,"Mon, 05 Jan 2026 09:20:00",[None],00:02:00,,,,
      """)
    #expect(reading.problems == [])
    #expect(
      told(reading) == [
        "served 09:01:00 09:01:05 09:05:35 09:05:55", "served 09:10:00 09:10:05 09:14:05 -",
      ])
  }

  @Test func `events of Amazon Connect's agents, which tell again what was`() async throws {
    func event(_ contacts: [(String, String, String)], _ status: String = "Available") -> String {
      let list = contacts.map { id, state, time in
        #"{"ContactId":"\#(id)","State":"\#(state)","StateStartTimestamp":"2026-01-05T09:\#(time)Z"}"#
      }.joined(separator: ",")
      return
        #"{"AgentARN":"arn:x","CurrentAgentSnapshot":{"AgentStatus":{"Name":"\#(status)","StartTimestamp":"2026-01-05T08:5\#(status.count):00Z"},"Contacts":[\#(list)]}}"#
    }
    let reading = try await read(
      "amazon-connect-agent-events",
      [
        event([("a", "CONNECTING", "00:00.5")]), event([("a", "CONNECTED", "00:04")]),
        #"{"AgentARN":"arn:x","EventType":"HEART_BEAT","CurrentAgentSnapshot":{"Contacts":[]}}"#,
        event([("a", "CONNECTED_ONHOLD", "01:00"), ("b", "CONNECTING", "01:30")]),
        event([("a", "CONNECTED", "02:00"), ("b", "MISSED", "01:50")]),
        event([("a", "ENDED", "03:00")]), event([("a", "ENDED", "03:00")]), event([], "Lunch"),
        event([], "Lunch"), event([], "Own"), event([]),
      ].joined(separator: "\n"))
    #expect(reading.problems == [])
    #expect(
      told(reading) == [
        "served 09:00:00 09:00:04 09:03:00 -", "on_queue 08:59:00 08:59:00 08:59:00 -",
        "unanswered 09:01:30 09:01:50 09:01:50 -", "meal 08:55:00 08:55:00 08:55:00 -",
        "on_queue 08:59:00 08:59:00 08:59:00 -",
      ])
    let hold = try #require(reading.services.first?.holds.first)
    #expect(hold.start.description == "2026-01-05T09:01:00.000000000Z")
    #expect(hold.end.description == "2026-01-05T09:02:00.000000000Z")
    #expect(reading.tally.holds == 1)
    #expect(reading.tally.open == 0)
    #expect(Set((reading.services + reading.others).map(\.number)).count == 5)
    // A status of the organisation's own.
    #expect(reading.tally.unknown == 1)
  }

  @Test func `a preset that there isn't, and options that don't go with one`() {
    #expect(throws: InvalidOptions.self) {
      try RecordsOptions(["path": "x", "preset": "amazon-conect"])
    }
    #expect(throws: InvalidOptions.self) {
      try RecordsOptions(["path": "x", "preset": "five9", "fields": ["end": "E"]])
    }
    #expect(throws: InvalidOptions.self) {
      try RecordsOptions([
        "path": "x", "format": "json-lines",
        "presences": ["field": "s", "are": ["A": "on_queue"], "reason": "aux[code]"],
      ])
    }
    // One form takes the place of another, and null of what there isn't says nothing.
    #expect(throws: Never.self) {
      try RecordsOptions([
        "path": "x", "preset": "amazon-connect", "format": ["json-array": ["in": "records"]],
        "pairs": .null,
      ])
    }
    // What is null there is as if the preset didn't say it.
    #expect(throws: Never.self) {
      try RecordsOptions([
        "path": "x", "preset": "five9",
        "fields": ["talk": .null, "hold": .null, "end": "END"],
      ])
    }
  }
}
