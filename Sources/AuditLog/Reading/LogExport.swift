package import PatchbayJSON

/// A log in the form that other programs read; records about the log itself are left out.
package enum LogExport: Sendable {
  /// One array of the records that `audit-json` writes.
  case json
  /// A table with a heading, as of RFC 4180, with line feeds.
  case csv
  /// An OCSF event a line, as security tools take them.
  case ocsf

  /// What stands before the first record.
  package var beginning: String {
    switch self {
    case .json: "["
    case .csv: Self.columns.joined(separator: ",") + "\n"
    case .ocsf: ""
    }
  }

  /// What stands behind the last.
  package var end: String {
    switch self {
    case .json: "\n]\n"
    case .csv, .ocsf: ""
    }
  }

  /// The text of a record; nil if it isn't of an event.
  ///
  /// - Parameter isFirst: whether none comes before it.
  package func text(of record: JSONValue, isFirst: Bool) -> String? {
    guard record["type"]?.string == "event" else { return nil }
    switch self {
    case .json: return (isFirst ? "\n  " : ",\n  ") + Self.array(record).text()
    case .csv:
      return Self.columns.map { Self.cell(record[$0]) }.joined(separator: ",") + "\n"
    case .ocsf: return OCSFEvent.of(record).text() + "\n"
    }
  }

  /// The members of `audit-json`, in its order; what wasn't measured is null there.
  private static let members = [
    "run_id", "agent_id", "sequence_id", "state", "latency_ms", "validated", "outcome", "reason",
  ]
  private static let found = ["found", "forbidden_from", "input", "line"]

  private static func array(_ record: JSONValue) -> JSONValue {
    let given = members.map { JSONValue.Member($0, value($0, of: record)) }
    let findings = found.compactMap { name in record[name].map { JSONValue.Member(name, $0) } }
    return .object(given + findings + [.init("logged_at", value("logged_at", of: record))])
  }

  private static func value(_ name: String, of record: JSONValue) -> JSONValue {
    if name == "agent_id" { return record[name].flatMap { $0 == .null ? nil : $0 } ?? "" }
    return record[name] ?? .null
  }

  private static let columns = [
    "seq", "logged_at", "run_id", "sequence_id", "timestamp", "interaction_id", "agent_id", "state",
    "event_type", "outcome", "code", "reason", "status", "attempts", "latency_ms", "queue_ms",
    "rate_limit_ms", "backoff_ms", "wire_ms", "validated", "found", "forbidden_from", "input",
    "line", "attributes",
  ]

  private static func cell(_ value: JSONValue?) -> String {
    switch value {
    case nil, .null: ""
    case .string(let text):
      text.contains { ",\"\r\n".contains($0) } || text.hasPrefix(" ") || text.hasSuffix(" ")
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    case .some(let other): cell(.string(other.text()))
    }
  }
}
