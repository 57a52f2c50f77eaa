import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// Reads the events of a request strictly and finds everything that is wrong with them.
///
/// Members of other names than the six are ignored.
struct WorkspaceEventReader {
  /// How many bad fields an answer names at most, so that no small body can cause a huge answer.
  static let detailLimit = 10_000

  private var details: [PlatformError.Detail] = []
  private var first: (code: PlatformErrorCode, message: String)?
  private var problemCount = 0

  private init() {}

  /// The events of a body.
  ///
  /// - Throws: 400 with every bad field, `[index].name`, among the details. The message explains the
  ///   first.
  static func read(_ body: JSONValue) throws(Refusal) -> [WorkspaceEvent] {
    guard let elements = body.array else {
      throw .badRequest("expected an array of events, found \(JSONNode(body).kind)")
    }
    if elements.isEmpty { throw .badRequest("expected at least one event, found an empty array") }
    var reader = WorkspaceEventReader()
    let events = elements.enumerated().compactMap { reader.event($1, at: $0) }
    guard let first = reader.first else { return events }
    let others = reader.problemCount - 1
    let rest = others == 0 ? "" : " (and \(others) more; see details)"
    throw Refusal(PlatformError(first.code, first.message + rest, details: reader.details))
  }

  private mutating func event(_ value: JSONValue, at index: Int) -> WorkspaceEvent? {
    guard value.object != nil else {
      report(
        .invalidValue, "[\(index)]", "expected an object, found \(JSONNode(value).kind)")
      return nil
    }
    let sequenceID = text(.sequenceID, of: value, at: index).flatMap {
      let length = $0.utf8.count
      return (1...WorkspaceAPI.maximumSequenceIDBytes).contains(length)
        ? Array($0.utf8)
        : refuse(
          .sequenceID, at: index,
          "must have 1 to \(WorkspaceAPI.maximumSequenceIDBytes) bytes, found \(length)")
    }
    let timestamp = text(.timestamp, of: value, at: index).flatMap {
      Timestamp($0)
        ?? refuse(
          .timestamp, at: index, code: .invalidDate,
          "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ")
    }
    let interactionID = uuid(.interactionID, of: value, at: index)
    let agentID = uuid(.agentID, of: value, at: index)
    let state = word(.state, of: value, at: index, among: WorkspaceAPI.states)
    let eventType = word(.eventType, of: value, at: index, among: [WorkspaceAPI.eventType])
    guard let sequenceID, let timestamp, let interactionID, let agentID, let state, eventType != nil
    else { return nil }
    return WorkspaceEvent(
      sequenceID: sequenceID, timestamp: timestamp, interactionID: interactionID,
      agentID: agentID, state: state)
  }

  private mutating func uuid(
    _ member: EventMember, of event: JSONValue, at index: Int
  ) -> UUIDBits? {
    text(member, of: event, at: index).flatMap {
      UUIDBits(lowercase: $0.utf8)
        ?? refuse(
          member, at: index,
          Self.disallowed($0, type: "UUID", allowed: "lower-case hexadecimal with hyphens"))
    }
  }

  private mutating func word(
    _ member: EventMember, of event: JSONValue, at index: Int, among words: [String]
  ) -> String? {
    text(member, of: event, at: index).flatMap { text in
      words.first { $0 == text }
        ?? refuse(
          member, at: index,
          Self.disallowed(text, type: member.rawValue, allowed: words.joined(separator: ", ")))
    }
  }

  private mutating func text(
    _ member: EventMember, of event: JSONValue, at index: Int
  ) -> String? {
    guard let value = event[member.rawValue] else {
      return refuse(member, at: index, code: .constraintValidation, "the field is required")
    }
    return value.string
      ?? refuse(member, at: index, "expected a string, found \(JSONNode(value).kind)")
  }

  private static func disallowed(_ value: String, type: String, allowed: String) -> String {
    "Value [\(value.shortened(to: 64))] is not valid for field type [\(type)]. "
      + "Allowable values are: \(allowed)"
  }

  /// Reports a bad field and stands for the value that it doesn't have.
  private mutating func refuse<Value>(
    _ member: EventMember, at index: Int, code: PlatformErrorCode = .invalidValue,
    _ explanation: String
  ) -> Value? {
    report(code, "[\(index)].\(member.rawValue)", explanation)
    return nil
  }

  private mutating func report(
    _ code: PlatformErrorCode, _ field: String, _ explanation: String
  ) {
    problemCount += 1
    if first == nil { first = (code, "\(field): \(explanation)") }
    if details.count < Self.detailLimit {
      details.append(.init(errorCode: code.rawValue, fieldName: field))
    }
  }
}
