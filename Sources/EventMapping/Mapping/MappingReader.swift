package import PatchbayCore
package import PatchbayJSON

/// Makes events of somebody else's records.
package struct MappingReader: EventShapeReader {
  /// What is wrong with a record.
  package struct Problem: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
  }

  private let mapping: EventMapping
  /// What ids that aren't in the records begin with.
  private let ids: String
  private var times: TimeReader
  /// For each member that is mapped, whether a record had it.
  private var isSeen: [Bool]

  init(_ mapping: EventMapping, ids: String) {
    self.mapping = mapping
    self.ids = ids
    times = TimeReader(mapping.timeFormat, zone: mapping.timeZone)
    isSeen = mapping.mapped.map { _ in false }
  }

  package var unseen: [String] {
    zip(mapping.mapped, isSeen).filter { !$1 }.map { "\($0.0.place.quoted) (\($0.0.name))" }
  }

  package mutating func append(
    _ record: ArraySlice<UInt8>, number: Int, to batch: inout EventBatch, intended: Timestamp
  ) throws(EventCodec.Failure) {
    let value: JSONValue
    do {
      value = try JSONValue(
        parsing: Array(record), limits: JSONLimits(bytes: record.count, depth: EventCodec.depth))
    } catch {
      throw EventCodec.Failure(column: error.position.column, message: error.message)
    }
    do {
      try append(scopes: [value], number: number, to: &batch, intended: intended)
    } catch {
      throw EventCodec.Failure(column: 1, message: error.description)
    }
  }

  /// Appends the event of a JSON value.
  ///
  /// - Parameter scopes: the value, then those around it, which have its members where it has none of the name.
  package mutating func append(
    scopes: [JSONValue], number: Int, to batch: inout EventBatch, intended: Timestamp
  ) throws(Problem) {
    guard case .object(let members)? = scopes.first else {
      throw Problem("expected an object, found \(JSONNode(scopes.first ?? .null).kind)")
    }
    func value(at path: ValuePath?) -> JSONValue? {
      guard let path, let scope = scopes.first(where: { path.begins(in: $0) }) else { return nil }
      return path.value(in: scope).flatMap { $0 == .null ? nil : $0 }
    }
    for constant in mapping.constants {
      try check(value(at: constant.path), constant)
    }
    if let misplaced = mapping.tree.misplaced(in: members) {
      throw Problem(
        "\(OutsideText.shown(misplaced.name, longest: 60)): expected an object, found "
          + JSONNode(misplaced.value).kind)
    }
    try append(
      mapping.mapped.map { value(at: $0.path) },
      others: mapping.keepsOthers ? mapping.tree.rest(of: members) : [], number: number, to: &batch,
      intended: intended)
  }

  /// Appends the event of a row.
  ///
  /// - Parameter fields: the texts at `MappingConnection.places`; nil where there is none.
  package mutating func append(
    row fields: [String?], number: Int, to batch: inout EventBatch, intended: Timestamp
  ) throws(Problem) {
    let values = fields.map { text in text.flatMap { $0.isEmpty ? nil : JSONValue.string($0) } }
    for (constant, value) in zip(mapping.constants, values.dropFirst(mapping.mapped.count)) {
      try check(value, constant)
    }
    try append(
      Array(values.prefix(mapping.mapped.count)), others: [], number: number, to: &batch,
      intended: intended)
  }

  private func check(_ value: JSONValue?, _ constant: MappedConstants.Entry) throws(Problem) {
    guard let value, value != constant.value,
      ValuePath.text(value) != ValuePath.text(constant.value) || ValuePath.text(value) == nil
    else { return }
    throw Problem(
      "\(constant.text): expected \(constant.value.text()), found "
        + OutsideText.shown(value.text(), longest: 60))
  }

  // MARK: Events

  private mutating func append(
    _ values: [JSONValue?], others: [JSONValue.Member], number: Int, to batch: inout EventBatch,
    intended: Timestamp
  ) throws(Problem) {
    if values.allSatisfy({ $0 == nil }) { throw nothing(others) }
    var texts: [EventMember: String] = mapping.defaults
    var attributes: [JSONValue.Member] = []
    for (place, mapped) in mapping.mapped.enumerated() {
      guard let value = values[place] else { continue }
      isSeen[place] = true
      guard let member = mapped.member else {
        attributes.append(.init(mapped.name, value))
        continue
      }
      guard let text = ValuePath.text(value) else {
        throw Problem(
          "\(mapped.place): expected a text or a number, found \(JSONNode(value).kind)")
      }
      try Self.checkNumbers(value, mapped.place)
      texts[member] = text
    }
    let theirs = others.filter { mapping.ourNames.contains($0.name) }
    attributes += theirs.isEmpty ? others : others.filter { !mapping.ourNames.contains($0.name) }
    // What is called like something of ours and is something else stands apart.
    if !theirs.isEmpty { attributes.append(.init(EventMapping.apart, .object(theirs))) }
    if texts[.sequenceID] == nil { texts[.sequenceID] = "\(ids)-\(number)" }
    for attribute in attributes { try Self.checkNumbers(attribute.value, attribute.name) }
    try append(texts, attributes, to: &batch, intended)
  }

  private func nothing(_ others: [JSONValue.Member]) -> Problem {
    let wanted = mapping.mapped.prefix(6).map(\.place.quoted).joined(separator: ", ")
    let found = others.prefix(6).map { OutsideText.shown($0.name, longest: 40).quoted }
    return Problem(
      "has none of the mapping's members (\(wanted))"
        + (found.isEmpty ? "" : "; it has \(found.joined(separator: ", "))"))
  }

  /// Whole numbers that a reader of JSON rounds would be other numbers when they are written again.
  private static func checkNumbers(_ value: JSONValue, _ name: String) throws(Problem) {
    switch value {
    case .number(let number) where number.magnitude >= 0x1p63:
      throw Problem("\(name): the number is too great to be kept as it is; it must be a text")
    case .array(let elements): for element in elements { try checkNumbers(element, name) }
    case .object(let members):
      for member in members { try checkNumbers(member.value, "\(name).\(member.name)") }
    case .null, .bool, .integer, .number, .string: break
    }
  }

  private mutating func append(
    _ texts: [EventMember: String], _ attributes: [JSONValue.Member], to batch: inout EventBatch,
    _ intended: Timestamp
  ) throws(Problem) {
    let state = texts[.state].map { mapping.states[$0] ?? $0 }
    let time = texts[.timestamp].flatMap { times.moment(Array($0.utf8)[...]) }
    if time == nil, let text = texts[.timestamp] {
      let place = mapping.mapped.first { $0.member == .timestamp }?.place ?? "timestamp"
      throw Problem(
        "\(place): expected a time (\(mapping.timeFormat.optionText)), found "
          + OutsideText.shown(text, longest: 60).quoted)
    }
    batch.append(
      EventFields(
        sequenceID: texts[.sequenceID], interactionID: texts[.interactionID],
        agentID: texts[.agentID], state: state,
        eventType: texts[.eventType],
        attributes: attributes.isEmpty ? nil : JSONValue.object(attributes).text()),
      at: time, intended: intended)
  }
}
