import PatchbayCore
import PatchbayJSON

/// Writes events as somebody else's objects.
struct MappingWriter: EventShapeWriter {
  private let mapping: EventMapping
  private let times: TimeWriter
  /// What stands for states, by their symbols.
  private var words: [Symbol: [UInt8]] = [:]

  init(_ mapping: EventMapping) {
    self.mapping = mapping
    times = TimeWriter(mapping.timeFormat, zone: mapping.timeZone)
  }

  mutating func write(
    _ index: Int, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) throws(UnwritableEvent) {
    let event = batch[index]
    var attributes = event.attributes.isEmpty ? [] : Self.members(batch.bytes(event.attributes))
    var values: [[UInt8]] = []
    values.reserveCapacity(mapping.mapped.count)
    for mapped in mapping.mapped {
      if let member = mapped.member {
        values.append(try text(of: member, event, batch, isNumber: mapped.isNumber))
      } else if let place = attributes.firstIndex(where: { $0.name == mapped.name }) {
        let value = attributes.remove(at: place).value
        values.append(
          mapped.isNumber && value.string != nil
            ? try Self.json(value.string ?? "", isNumber: true, mapped.name)
            : Array(value.text().utf8))
      } else {
        values.append([])
      }
    }
    if !mapping.keepsOthers { attributes = [] }
    if let place = attributes.firstIndex(where: { $0.name == EventMapping.apart }),
      case .object(let theirs) = attributes[place].value
    {
      attributes.replaceSubrange(place...place, with: theirs)
    }
    Self.append(mapping.tree.nodes, values, attributes, to: &bytes)
  }

  /// A document of other members; times among them stay as they are.
  func document(_ members: [JSONValue.Member]) -> JSONValue {
    var rest = members
    let values = mapping.mapped.map { mapped -> [UInt8] in
      guard let place = rest.firstIndex(where: { $0.name == mapped.name }) else { return [] }
      return Array(text(of: rest.remove(at: place)).utf8)
    }
    var bytes: [UInt8] = []
    Self.append(mapping.tree.nodes, values, mapping.keepsOthers ? rest : [], to: &bytes)
    return (try? JSONValue(parsing: bytes)) ?? .object(members)
  }

  private func text(of member: JSONValue.Member) -> String {
    guard member.name == EventMember.timestamp.rawValue,
      let time = member.value.string.flatMap({ Timestamp($0) })
    else { return member.value.text() }
    return String(decoding: text(of: time), as: UTF8.self)
  }

  // MARK: Members

  /// A member as JSON; empty if the event has none.
  private mutating func text(
    of member: EventMember, _ event: Event, _ batch: borrowing EventBatch, isNumber: Bool
  ) throws(UnwritableEvent) -> [UInt8] {
    guard event.has(member) else { return [] }
    let text: String
    switch member {
    case .sequenceID: text = batch.sequenceID(of: event)
    case .timestamp where !event.hasMalformedTimestamp:
      if !isNumber || times.writesNumbers { return self.text(of: event.timestamp) }
      var bytes: [UInt8] = []
      times.append(event.timestamp, to: &bytes)
      text = String(decoding: bytes, as: UTF8.self)
    case .timestamp: text = batch.timestampText(of: event)
    case .interactionID: text = batch.interactionID(of: event)
    case .agentID: text = batch.agentID(of: event)
    case .state: return try word(for: event.state, batch, isNumber: isNumber)
    case .eventType: text = batch.eventType(of: event)
    }
    return try Self.json(text, isNumber: isNumber, member.rawValue)
  }

  private func text(of time: Timestamp) -> [UInt8] {
    if times.writesNumbers {
      var bytes: [UInt8] = []
      times.append(time, to: &bytes)
      return bytes
    }
    var bytes = [UInt8(ascii: "\"")]
    times.append(time, to: &bytes)
    var text: [UInt8] = [UInt8(ascii: "\"")]
    // A pattern may have anything in it.
    JSONWriter.append(escaping: bytes.dropFirst(), to: &text)
    text.append(UInt8(ascii: "\""))
    return text
  }

  private mutating func word(
    for state: Symbol, _ batch: borrowing EventBatch, isNumber: Bool
  ) throws(UnwritableEvent) -> [UInt8] {
    if let known = words[state] { return known }
    let name = batch.text(state)
    guard let word = mapping.words.isEmpty ? name : mapping.words[name] else {
      throw UnwritableEvent(
        "the mapping has no word for the state \(OutsideText.shown(name, longest: 128).quoted); add it to "
          + "\"states\"")
    }
    let json = try Self.json(word, isNumber: isNumber, "state")
    if !state.isLocal { words[state] = json }
    return json
  }

  /// A text as JSON.
  private static func json(
    _ text: String, isNumber: Bool, _ name: String
  ) throws(UnwritableEvent) -> [UInt8] {
    if isNumber {
      guard let value = try? JSONValue(parsing: Array(text.utf8)), value.number != nil else {
        throw UnwritableEvent(
          "\(name) is \(OutsideText.shown(text, longest: 60).quoted), which can't be written as a number as "
            + "\"numbers\" asks")
      }
      return Array(text.utf8)
    }
    var bytes: [UInt8] = []
    JSONWriter.append(text, to: &bytes)
    return bytes
  }

  // MARK: Objects

  private static func members(_ attributes: ArraySlice<UInt8>) -> [JSONValue.Member] {
    let value = try? JSONValue(
      parsing: Array(attributes),
      limits: JSONLimits(bytes: attributes.count, depth: EventCodec.depth + 1))
    return value?.object ?? []
  }

  /// Appends an object; what is said of a name goes before what others say of it.
  private static func append(
    _ nodes: [ShapeTree.Node], _ values: [[UInt8]], _ others: [JSONValue.Member],
    to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "{"))
    let start = bytes.count
    var absent: Set<String> = []
    for node in nodes {
      let before = bytes.count
      bytes += node.key
      switch node.content {
      case .member(let place):
        if values[place].isEmpty {
          bytes.removeLast(bytes.count - before)
          continue
        }
        bytes += values[place]
      case .constant(_, let text): bytes += text
      case .object(let inner):
        let content = bytes.count
        append(
          inner, values, others.first { $0.name == node.name }?.value.object ?? [], to: &bytes)
        // An object in which nothing is would be none.
        if bytes.count == content + 2 {
          bytes.removeLast(bytes.count - before)
          absent.insert(node.name)
          continue
        }
      }
      bytes.append(UInt8(ascii: ","))
    }
    // Where an object would be and isn't, there may be something else.
    for other in others
    where absent.contains(other.name) || !nodes.contains(where: { $0.name == other.name }) {
      JSONWriter.append(other.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONWriter.append(other.value, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    if bytes.count > start { bytes.removeLast() }
    bytes.append(UInt8(ascii: "}"))
  }
}
