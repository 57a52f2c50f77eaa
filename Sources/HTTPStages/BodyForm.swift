import PatchbayCore

/// How a request's body holds its events.
enum BodyForm: String, OptionChoice {
  /// One event.
  case object
  /// A JSON array of events.
  case array
  /// An event a line (newline-delimited JSON).
  case lines

  var doc: String {
    switch self {
    case .object: "One event."
    case .array: "A JSON array, also of one event."
    case .lines: "A line for each event, as `application/x-ndjson`."
    }
  }

  /// The media type of such a body.
  var contentType: String {
    switch self {
    case .object, .array: "application/json"
    case .lines: "application/x-ndjson"
    }
  }

  /// Writes the events of a batch, of which an object holds the first alone.
  func write(_ batch: EventBatch, to body: inout [UInt8]) {
    var writer = EventWriter()
    switch self {
    case .object:
      if let first = batch.indices.first { writer.write(batch[first], of: batch, to: &body) }
    case .array:
      writer.writeArray(batch.indices, of: batch, to: &body)
    case .lines:
      for index in batch.indices {
        writer.write(batch[index], of: batch, to: &body)
        body.append(UInt8(ascii: "\n"))
      }
    }
  }
}
