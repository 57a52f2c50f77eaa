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

  init(_ mapping: EventMapping, ids: String) {
    self.mapping = mapping
    self.ids = ids
    times = TimeReader(mapping.timeFormat, zone: mapping.timeZone)
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
    var texts: [EventMember: String] = mapping.defaults
    var attributes: [JSONValue.Member] = []
    for (mapped, value) in zip(mapping.mapped, values) {
      guard let value else { continue }
      guard let member = mapped.member else {
        attributes.append(.init(mapped.name, value))
        continue
      }
      guard let text = ValuePath.text(value) else {
        throw Problem(
          "\(mapped.place): expected a text or a number, found \(JSONNode(value).kind)")
      }
      texts[member] = text
    }
    let theirs = others.filter { mapping.ourNames.contains($0.name) }
    attributes += theirs.isEmpty ? others : others.filter { !mapping.ourNames.contains($0.name) }
    // What is called like something of ours and is something else stands apart.
    if !theirs.isEmpty { attributes.append(.init(EventMapping.apart, .object(theirs))) }
    if !mapping.hasIDs, texts[.sequenceID] == nil { texts[.sequenceID] = "\(ids)-\(number)" }
    append(texts, attributes, to: &batch, intended)
  }

  private mutating func append(
    _ texts: [EventMember: String], _ attributes: [JSONValue.Member], to batch: inout EventBatch,
    _ intended: Timestamp
  ) {
    let state = texts[.state].map { mapping.states[$0] ?? $0 }
    let time = texts[.timestamp].flatMap { times.moment(Array($0.utf8)[...]) }
    batch.append(
      EventFields(
        sequenceID: texts[.sequenceID], timestamp: time == nil ? texts[.timestamp] : nil,
        interactionID: texts[.interactionID], agentID: texts[.agentID], state: state,
        eventType: texts[.eventType],
        attributes: attributes.isEmpty ? nil : JSONValue.object(attributes).text()),
      at: time, intended: intended)
  }
}
