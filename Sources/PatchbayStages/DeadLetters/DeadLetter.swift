package import PatchbayCore
import PatchbayJSON

/// An event that came to a bad end, with why, as a line of a file.
///
/// The event stands there as it came, byte for byte, so that it can be sent once more.
package struct DeadLetter: Sendable {
  /// What may be asked of a letter: `outcome`, `code`, `status`, and the event's own members.
  package static let fields =
    ["outcome", "code", "status", "run_id", "pipeline"] + EventMember.allCases.map(\.rawValue)

  /// The run that it failed in.
  package let runID: String
  /// What ids for others are made of in that run, such as idempotency keys.
  package let key: UUIDBits
  /// The event, a JSON object.
  package let event: [UInt8]
  private let values: [String: String]

  /// Reads a line.
  ///
  /// - Throws: `JSONScanner.Failure` or `JSONSyntaxError` if it is no JSON, `PipelineError` if it isn't such
  ///   a line.
  package init(_ line: [UInt8]) throws {
    guard let members = try JSONValue(parsing: line).object,
      let event = try Self.raw("event", in: line)
    else { throw PipelineError("expected an object with the member \"event\"") }
    func text(_ name: String) -> String? {
      switch members.first(where: { $0.name == name })?.value {
      case .string(let text): text
      case .integer(let number): "\(number)"
      default: nil
      }
    }
    guard let runID = text("run_id"), let key = text("run_key"),
      let bits = UUIDBits(lowercase: Array(key.utf8))
    else { throw PipelineError("expected a run's id in \"run_id\", and its key in \"run_key\"") }
    self.runID = runID
    self.key = bits
    self.event = event
    var values: [String: String] = [:]
    for name in ["outcome", "code", "status", "run_id", "pipeline"] { values[name] = text(name) }
    let own = members.first { $0.name == "event" }?.value
    for name in EventMember.allCases.map(\.rawValue) { values[name] = own?[name]?.string }
    self.values = values
  }

  /// The value of a field as text; nil if there is none.
  package func value(_ field: String) -> String? { values[field] }

  /// The text of a member as it stands in an object.
  private static func raw(_ name: String, in line: [UInt8]) throws -> [UInt8]? {
    var scanner = JSONScanner(line)
    scanner.skipWhitespace()
    guard scanner.skip("{") else { return nil }
    scanner.skipWhitespace()
    while scanner.peek != nil, !scanner.skip("}") {
      let member = try scanner.string()
      scanner.skipWhitespace()
      guard scanner.skip(":") else { return nil }
      scanner.skipWhitespace()
      let start = scanner.offset
      try scanner.skipValue(depth: 40)
      if member == name { return Array(line[start..<scanner.offset]) }
      scanner.skipWhitespace()
      _ = scanner.skip(",")
      scanner.skipWhitespace()
    }
    return nil
  }
}
