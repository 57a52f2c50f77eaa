import PatchbayCore
import PatchbayJSON

/// How a request's body holds its events.
enum BodyForm: OptionUnion, Equatable {
  /// One event.
  case object
  /// A JSON array of events.
  case array
  /// An event a line (newline-delimited JSON).
  case lines
  /// An array that is a member of an object.
  case wrapped(Wrapping)

  static let cases: [OptionCase<BodyForm>] = [
    .init("object", .object, doc: "One event."),
    .init("array", .array, doc: "A JSON array, also of one event."),
    .init("lines", .lines, doc: "A line for each event, as `application/x-ndjson`."),
    .init(
      "wrapped", BodyForm.wrapped, doc: "An object with a member that is an array of events."),
  ]

  /// The media type of such a body.
  var contentType: String {
    switch self {
    case .object, .array, .wrapped: "application/json"
    case .lines: "application/x-ndjson"
    }
  }

  /// The body of some events, given as JSON each, of which an object holds one alone.
  func body(of events: [[UInt8]]) -> [UInt8] {
    if case .object = self { return events.first ?? [] }
    var body: [UInt8] = []
    body.reserveCapacity(events.reduce(64) { $0 + $1.count + 1 })
    switch self {
    case .object: break
    case .array: Self.append(events, to: &body)
    case .lines:
      for event in events {
        body += event
        body.append(0x0A)
      }
    case .wrapped(let wrapping):
      body.append(UInt8(ascii: "{"))
      JSONWriter.append(wrapping.member, to: &body)
      body.append(UInt8(ascii: ":"))
      Self.append(events, to: &body)
      body.append(UInt8(ascii: "}"))
    }
    return body
  }

  private static func append(_ events: [[UInt8]], to body: inout [UInt8]) {
    body.append(UInt8(ascii: "["))
    for (number, event) in events.enumerated() {
      if number > 0 { body.append(UInt8(ascii: ",")) }
      body += event
    }
    body.append(UInt8(ascii: "]"))
  }
}

/// The object around the events of a request.
struct Wrapping: OptionGroup, Equatable {
  let member: String

  init(from options: inout OptionReader) {
    member = options.value(
      "in", default: "events", .nonEmpty, doc: "The member that holds the array.")
  }
}
