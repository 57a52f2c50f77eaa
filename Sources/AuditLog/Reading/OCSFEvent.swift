import PatchbayCore
import PatchbayJSON

/// A record as other people's security tools read it: an API Activity (class 6003) of the
/// [Open Cybersecurity Schema Framework](https://schema.ocsf.io/1.2.0/classes/api_activity).
///
/// What the class has no place for stands in `unmapped`, under the log's own names.
enum OCSFEvent {
  /// The version of the schema.
  private static let version = "1.2.0"
  private static let category = 6
  private static let activityClass = 6_003
  /// What has a place of its own.
  private static let mapped: Set<String> = [
    "agent_id", "code", "interaction_id", "logged_at", "reason", "run_id", "seq", "sequence_id",
    "timestamp", "type", "v",
  ]

  /// The event that a record of an event is.
  static func of(_ record: JSONValue) -> JSONValue {
    // A request that was sent changes an agent's state there; anything else was only recorded.
    let wasSent = (record["attempts"]?.integer ?? 0) > 0
    let activity = wasSent ? (number: 3, name: "Update") : (number: 99, name: "Record")
    let (status, severity) = judgement(of: record)
    var members: [JSONValue.Member] = [
      .init("activity_id", .integer(activity.number)),
      .init("activity_name", .string(activity.name)),
      .init("actor", actor(of: record)),
      .init("api", api(of: record)),
      .init("category_uid", .integer(category)),
      .init("class_name", "API Activity"),
      .init("class_uid", .integer(activityClass)),
      .init("message", .string(message(about: record))),
      .init("metadata", metadata(of: record)),
      .init("severity_id", .integer(severity)),
      .init("src_endpoint", endpoint(of: record)),
    ]
    if let code = record["code"] { members.append(.init("status_code", code)) }
    if let reason = record["reason"] { members.append(.init("status_detail", reason)) }
    members.append(.init("status_id", .integer(status)))
    // When it happened; when it was written, if it doesn't say.
    let time = milliseconds(of: record, "timestamp") ?? milliseconds(of: record, "logged_at")
    if let time { members.append(.init("time", time)) }
    members.append(.init("type_uid", .integer(activityClass * 100 + activity.number)))
    let others = record.object?.filter { !mapped.contains($0.name) } ?? []
    members.append(.init("unmapped", .object(others)))
    return .object(members)
  }

  /// The status, and how grave it is: success and informational, failure and medium, or not known.
  private static func judgement(of record: JSONValue) -> (status: Int, severity: Int) {
    switch record["outcome"]?.string {
    case "accepted": (1, 1)
    case "rejected", "failed": (2, 3)
    case "unknown": (0, 3)
    default: (0, 1)
    }
  }

  private static func actor(of record: JSONValue) -> JSONValue {
    let program = JSONValue.Member("app_name", "Patchbay")
    guard let agent = record["agent_id"], agent != .null else { return .object([program]) }
    return .object([program, .init("user", ["type_id": 1, "uid": agent])])
  }

  private static func api(of record: JSONValue) -> JSONValue {
    let operation = record["event_type"]?.string ?? record["state"]?.string ?? "unknown"
    var members = [JSONValue.Member("operation", .string(operation))]
    if let id = record["sequence_id"] { members.append(.init("request", ["uid": id])) }
    if let status = record["status"] { members.append(.init("response", ["code": status])) }
    return .object(members)
  }

  private static func message(about record: JSONValue) -> String {
    func text(_ name: String) -> String { record[name]?.string ?? "-" }
    return "\(text("agent_id")) \(text("state")): \(text("outcome"))"
  }

  private static func metadata(of record: JSONValue) -> JSONValue {
    var members: [JSONValue.Member] = []
    if let interaction = record["interaction_id"], interaction != .null {
      members.append(.init("correlation_uid", interaction))
    }
    members.append(.init("log_name", "audit"))
    if let form = record["v"]?.integer { members.append(.init("log_version", .string("\(form)"))) }
    if let time = milliseconds(of: record, "logged_at") {
      members.append(.init("logged_time", time))
    }
    if let time = record["timestamp"] { members.append(.init("original_time", time)) }
    members.append(.init("product", ["name": "Patchbay", "vendor_name": "Patchbay"]))
    let sequence = record["seq"]?.integer ?? 0
    let run = record["run_id"]?.string ?? ""
    return .object(
      members + [
        .init("sequence", .integer(sequence)), .init("uid", .string("\(run)/\(sequence)")),
        .init("version", .string(version)),
      ])
  }

  /// The run that the activity came from.
  private static func endpoint(of record: JSONValue) -> JSONValue {
    var members = [JSONValue.Member("name", "patchbay")]
    if let run = record["run_id"] { members.append(.init("uid", run)) }
    return .object(members)
  }

  private static func milliseconds(of record: JSONValue, _ name: String) -> JSONValue? {
    record[name]?.string.flatMap { Timestamp($0) }.map { .integer(Int($0.nanoseconds / 1_000_000)) }
  }
}
