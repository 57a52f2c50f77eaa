import PatchbayJSON

/// Events as JSON objects with the domain's wire names, both ways.
public enum EventCodec {
  /// What is wrong with a record that can't become an event at all.
  public struct Failure: Error, Sendable, Equatable {
    /// The byte, counted from 1 in the record, where reading stopped.
    public let column: Int
    /// What is wrong, in one sentence.
    public let message: String

    package init(column: Int, message: String) {
      self.column = column
      self.message = message
    }
  }

  /// How deep a record's members may nest.
  package static let depth = 32

  /// Appends the event that a JSON object describes.
  ///
  /// The six members may be absent or hold nonsense as long as they are strings; members of other
  /// names become attributes. Repeated members are refused.
  ///
  /// - Parameters:
  ///   - bytes: text that holds the record.
  ///   - range: where the record lies in `bytes`.
  ///   - batch: what the event is appended to.
  ///   - intended: when it should be sent, on the run's clock.
  /// - Throws: `Failure` if the record is no JSON object, or one of the six isn't a string.
  public static func append(
    _ bytes: [UInt8], in range: Range<Int>, to batch: inout EventBatch, intended: Timestamp
  ) throws(Failure) {
    var reader = EventReader()
    try reader.append(bytes[range.clamped(to: bytes.indices)], to: &batch, intended: intended)
  }

  /// Like `append`, for records of any shape.
  package static func appendAny(
    _ bytes: [UInt8], in range: Range<Int>, to batch: inout EventBatch, intended: Timestamp
  ) throws(Failure) {
    var scanner = JSONScanner(bytes, in: range)
    do {
      let fields = try read(&scanner)
      batch.append(fields, intended: intended)
      if fields.attributes != nil { batch.events[batch.count - 1].flags.insert(.tightAttributes) }
    } catch {
      throw Failure(column: error.offset - range.lowerBound + 1, message: error.message)
    }
  }

  private static func read(
    _ scanner: inout JSONScanner
  ) throws(JSONScanner.Failure) -> EventFields {
    var fields = EventFields()
    var attributes: [UInt8] = []
    var names: Set<[UInt8]> = []
    scanner.skipWhitespace()
    guard scanner.skip("{") else {
      throw JSONScanner.Failure(
        at: scanner.offset, "expected an object, found \(scanner.foundHere)")
    }
    scanner.skipWhitespace()
    var isFirst = true
    while !scanner.skip("}") {
      if !isFirst {
        guard scanner.skip(",") else {
          throw JSONScanner.Failure(
            at: scanner.offset, "expected \",\" or \"}\", found \(scanner.foundHere)")
        }
        scanner.skipWhitespace()
      }
      isFirst = false
      try readMember(&scanner, &fields, &attributes, &names)
      scanner.skipWhitespace()
    }
    scanner.skipWhitespace()
    if scanner.peek != nil {
      throw JSONScanner.Failure(
        at: scanner.offset, "expected the end of the record, found \(scanner.foundHere)")
    }
    if !attributes.isEmpty {
      fields.attributes = "{" + String(decoding: attributes, as: UTF8.self) + "}"
    }
    return fields
  }

  private static func readMember(
    _ scanner: inout JSONScanner, _ fields: inout EventFields, _ attributes: inout [UInt8],
    _ names: inout Set<[UInt8]>
  ) throws(JSONScanner.Failure) {
    let start = scanner.offset
    guard scanner.peek == UInt8(ascii: "\"") else {
      throw JSONScanner.Failure(at: start, "expected a name in quotes, found \(scanner.foundHere)")
    }
    let name = try scanner.string()
    guard names.insert(Array(name.utf8)).inserted else {
      throw JSONScanner.Failure(at: start, "\"\(name)\" is set twice")
    }
    scanner.skipWhitespace()
    guard scanner.skip(":") else {
      throw JSONScanner.Failure(
        at: scanner.offset, "expected \":\" after a name, found \(scanner.foundHere)")
    }
    scanner.skipWhitespace()
    guard let member = EventMember(rawValue: name) else {
      let value = scanner.offset
      try scanner.skipValue(depth: depth)
      if !attributes.isEmpty { attributes.append(UInt8(ascii: ",")) }
      JSONWriter.append(name, to: &attributes)
      attributes.append(UInt8(ascii: ":"))
      // Line ends between tokens would break the record's line where it is written again.
      attributes.append(
        contentsOf: scanner.bytes[value..<scanner.offset].lazy.filter { $0 != 0x0A && $0 != 0x0D })
      return
    }
    guard scanner.peek == UInt8(ascii: "\"") else {
      throw JSONScanner.Failure(
        at: scanner.offset, "\(name): expected a string, found \(scanner.kindHere)")
    }
    let text = try scanner.string()
    switch member {
    case .sequenceID: fields.sequenceID = text
    case .timestamp: fields.timestamp = text
    case .interactionID: fields.interactionID = text
    case .agentID: fields.agentID = text
    case .state: fields.state = text
    case .eventType: fields.eventType = text
    }
  }

  /// Appends an event as a JSON object on one line, its members in a fixed order, absent ones left
  /// out, attributes last.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - batch: the batch that it belongs to.
  ///   - name: an attribute that is left out.
  ///   - bytes: what the object is appended to.
  public static func write(
    _ event: Event, of batch: EventBatch, leavingOut name: String? = nil, to bytes: inout [UInt8]
  ) {
    var writer = EventWriter()
    writer.write(event, of: batch, leavingOut: name, to: &bytes)
  }
}

extension EventCodec {
  /// Attributes as a batch keeps them: an object with members, on one line; empty if there are none.
  static func storedAttributes(_ text: String) -> [UInt8] {
    // Line ends between tokens would break the event's line where it is written.
    let bytes = Array(text.utf8.filter { $0 != 0x0A && $0 != 0x0D })
    var scanner = JSONScanner(bytes)
    scanner.skipWhitespace()
    let start = scanner.offset
    let isObject =
      scanner.peek == UInt8(ascii: "{") && (try? scanner.skipValue(depth: depth)) != nil
    let end = scanner.offset
    scanner.skipWhitespace()
    guard isObject, scanner.peek == nil else {
      return Array(JSONValue.object([.init("attributes", .string(text))]).text().utf8)
    }
    let object = bytes[start..<end]
    let isEmpty = object.dropFirst().dropLast().allSatisfy { $0 == 0x20 || $0 == 0x09 }
    return isEmpty ? [] : Array(object)
  }

  /// An object's text without one member; empty if nothing is left.
  ///
  /// Other members stay as they are.
  static func without(_ name: String, _ object: [UInt8]) -> [UInt8] {
    var scanner = JSONScanner(object)
    var kept: [UInt8] = []
    scanner.skipWhitespace()
    scanner.advance()
    scanner.skipWhitespace()
    while scanner.peek != nil, !scanner.skip("}") {
      let start = scanner.offset
      guard let member = try? scanner.string() else { return object }
      scanner.skipWhitespace()
      guard scanner.skip(":") else { return object }
      scanner.skipWhitespace()
      guard (try? scanner.skipValue(depth: depth)) != nil else { return object }
      if !member.utf8.elementsEqual(name.utf8) {
        if !kept.isEmpty { kept.append(UInt8(ascii: ",")) }
        kept.append(contentsOf: scanner.bytes[start..<scanner.offset])
      }
      scanner.skipWhitespace()
      _ = scanner.skip(",")
      scanner.skipWhitespace()
    }
    return kept.isEmpty ? [] : [UInt8(ascii: "{")] + kept + [UInt8(ascii: "}")]
  }
}

/// The wire names of an event's own members.
public enum EventMember: String, Sendable, CaseIterable {
  /// `sequence_id`
  case sequenceID = "sequence_id"
  /// `timestamp`
  case timestamp
  /// `interaction_id`
  case interactionID = "interaction_id"
  /// `agent_id`
  case agentID = "agent_id"
  /// `state`
  case state
  /// `event_type`
  case eventType = "event_type"
}
