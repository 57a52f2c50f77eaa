import AuditLog
import PatchbayJSON
import Testing

/// A log in other people's forms.
struct LogExportTests {
  /// An event that was sent, one that was refused before, and one that is about nobody.
  private static let records: [JSONValue] = [
    [
      "agent_id": "agent-1", "attempts": 2, "attributes": ["queue": "a,b"], "backoff_ms": 1.5,
      "event_type": "state", "interaction_id": "call-1", "latency_ms": 12.25,
      "logged_at": "2026-11-29T10:00:00.250Z", "outcome": "accepted", "queue_ms": 0,
      "rate_limit_ms": 0, "run_id": "run-1", "seq": 1, "sequence_id": "s-1", "state": "ON_CALL",
      "status": 202, "timestamp": "2026-11-29T10:00:00.125Z", "type": "event", "v": 1,
      "validated": true, "wire_ms": 10.75,
    ],
    [
      "agent_id": "agent-2", "code": "state.unknown", "interaction_id": "call-2",
      "logged_at": "2026-11-29T10:00:01Z", "outcome": "rejected", "reason": "says \"no\"\nand more",
      "run_id": "run-1", "seq": 2, "sequence_id": "s-2", "state": "NAPPING",
      "timestamp": "2026-11-29T10:00:00Z", "type": "event", "v": 1, "validated": false,
    ],
    [
      "agent_id": .null, "interaction_id": .null, "logged_at": "2026-11-29T10:00:02Z",
      "outcome": "undecided", "run_id": "run-1", "seq": 3, "sequence_id": "s-3",
      "state": "AVAILABLE",
      "type": "event", "v": 1, "validated": false,
    ],
  ]
  private static let mark: JSONValue = ["type": "log.open", "seq": 0, "v": 1]

  private func text(_ form: LogExport, _ records: [JSONValue]) -> String {
    var text = form.beginning
    var isFirst = true
    for record in records {
      guard let part = form.text(of: record, isFirst: isFirst) else { continue }
      isFirst = false
      text += part
    }
    return text + form.end
  }

  @Test func `JSON is the array that audit-json writes`() throws {
    let array = try JSONValue(parsing: text(.json, [Self.mark] + Self.records)).array ?? []
    #expect(array.map { $0["agent_id"] } == ["agent-1", "agent-2", ""])
    #expect(array.first?["latency_ms"] == 12.25)
    #expect(array.last?["latency_ms"] == .null)
    #expect(
      array.first?.object?.map(\.name) == [
        "run_id", "agent_id", "sequence_id", "state", "latency_ms", "validated", "outcome",
        "reason",
        "logged_at",
      ])
    #expect(try JSONValue(parsing: text(.json, [Self.mark])) == [])
  }

  @Test func `CSV has a row for each event, and quotes where they are needed`() {
    let lines = text(.csv, [Self.mark] + Self.records)
    #expect(lines.hasPrefix("seq,logged_at,run_id,sequence_id,"))
    #expect(lines.contains("\"{\"\"queue\"\":\"\"a,b\"\"}\"\n"))
    #expect(lines.contains("\"says \"\"no\"\"\nand more\""))
    // The heading, three rows, and the line feed within one of them.
    #expect(lines.filter { $0 == "\n" }.count == 5)
  }

  @Test func `OCSF events are what its schema asks for`() async throws {
    let schema = try OCSFClass()
    let log = try await SampleLog(count: 20)
    let written = try log.lines.map { try JSONValue(parsing: $0) }
    let lines = text(.ocsf, Self.records + written).split(separator: "\n")
    #expect(lines.count == 23)
    for line in lines {
      #expect(schema.problems(of: try JSONValue(parsing: Array(line.utf8))) == [])
    }
  }

  @Test func `OCSF says what came of a request, and nothing that wasn't known`() throws {
    let events = try text(.ocsf, [Self.mark] + Self.records).split(separator: "\n")
      .map { try JSONValue(parsing: Array($0.utf8)) }
    let sent = try #require(events.first)
    #expect(sent["type_uid"] == 600_303 && sent["activity_id"] == 3)
    #expect(sent["status_id"] == 1 && sent["severity_id"] == 1)
    #expect(sent["time"] == 1_795_946_400_125)
    #expect(sent["metadata"]?["logged_time"] == 1_795_946_400_250)
    #expect(sent["actor"]?["user"]?["uid"] == "agent-1")
    #expect(sent["api"]?["response"]?["code"] == 202)
    #expect(sent["unmapped"]?["attributes"]?["queue"] == "a,b")
    let refused = events[1]
    #expect(refused["type_uid"] == 600_399 && refused["status_id"] == 2)
    #expect(refused["status_code"] == "state.unknown")
    #expect(refused["api"]?["response"] == nil)
    let nobodys = events[2]
    #expect(nobodys["actor"]?["user"] == nil && nobodys["status_id"] == 0)
    #expect(nobodys["time"] == nobodys["metadata"]?["logged_time"])
    // Every member stands somewhere.
    for (record, event) in zip(Self.records, events) {
      for member in record.object ?? [] where !["type", "v"].contains(member.name) {
        #expect(isKept(member, in: event), "\(member.name)")
      }
    }
  }

  /// Whether an event holds what a record says.
  private func isKept(_ member: JSONValue.Member, in event: JSONValue) -> Bool {
    let metadata = event["metadata"]
    let found: JSONValue? =
      switch member.name {
      case "agent_id": event["actor"]?["user"]?["uid"] ?? .null
      case "interaction_id": metadata?["correlation_uid"] ?? .null
      case "code": event["status_code"]
      case "reason": event["status_detail"]
      case "run_id": event["src_endpoint"]?["uid"]
      case "seq": metadata?["sequence"]
      case "sequence_id": event["api"]?["request"]?["uid"]
      case "timestamp": metadata?["original_time"]
      case "logged_at": metadata?["logged_time"].map { _ in member.value }
      default: event["unmapped"]?[member.name]
      }
    return found == member.value
  }
}
