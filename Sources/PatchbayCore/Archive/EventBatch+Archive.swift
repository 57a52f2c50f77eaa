// Batches as the program keeps them for itself: whole, with outcomes, findings and places, so that what is
// read back can't be told from what was written. JSON lines are for others, and leave those out.

extension EventBatch {
  /// What can be told of an event by single bits.
  private struct Form: OptionSet {
    let rawValue: UInt8

    static let agentIsText = Form(rawValue: 1)
    static let agentIsUUID = Form(rawValue: 2)
    static let interactionIsText = Form(rawValue: 4)
    static let interactionIsUUID = Form(rawValue: 8)
    static let hasPlace = Form(rawValue: 16)
    static let hasOrigin = Form(rawValue: 32)
    static let hasOutcome = Form(rawValue: 64)
    static let isMalformed = Form(rawValue: 128)

    static func of(
      _ id: EntityID, text: Form, uuid: Form
    ) -> Form {
      switch id {
      case .missing: []
      case .uuid: uuid
      case .text: text
      }
    }
  }

  /// Writes all events with everything that is known about them; marks of the last stage are left out.
  package func archive(to writer: inout ArchiveWriter) {
    writer.append(UInt32(count))
    for index in indices { archive(index, to: &writer) }
  }

  private func archive(_ index: Int, to writer: inout ArchiveWriter) {
    let event = events[index]
    let outcome = outcome(at: index)
    let place = place(of: event)
    var form = Form.of(event.agent, text: .agentIsText, uuid: .agentIsUUID)
    form.formUnion(.of(event.interaction, text: .interactionIsText, uuid: .interactionIsUUID))
    if place != nil { form.insert(.hasPlace) }
    if event.forbiddenOrigin != .missing { form.insert(.hasOrigin) }
    if outcome.kind != .undecided { form.insert(.hasOutcome) }
    if event.flags.contains(.malformedTimestamp) { form.insert(.isMalformed) }
    writer.append(form.rawValue)
    writer.append(event.flags.rawValue)
    writer.append(event.findings.rawValue)
    writer.append(event.timestamp.nanoseconds)
    writer.append(event.intended.nanoseconds)
    append(event.agent, to: &writer)
    append(event.interaction, to: &writer)
    writer.append(text: bytes(event.sequence))
    writer.append(text: bytes(event.attributes))
    writer.append(text: text(event.state))
    writer.append(text: text(event.type))
    if let place {
      writer.append(text: place.input)
      writer.append(UInt32(clamping: place.line))
    }
    if form.contains(.hasOrigin) { writer.append(text: text(event.forbiddenOrigin)) }
    if form.contains(.isMalformed) { writer.append(text: bytes(event.malformedTimestamp)) }
    if form.contains(.hasOutcome) { archiveOutcome(of: index, to: &writer) }
  }

  private func append(_ id: EntityID, to writer: inout ArchiveWriter) {
    switch id {
    case .missing: break
    case .uuid(let bits):
      writer.append(bits.high)
      writer.append(bits.low)
    case .text(let reference): writer.append(text: bytes(reference))
    }
  }

  /// Writes what became of an event.
  package func archiveOutcome(of index: Int, to writer: inout ArchiveWriter) {
    let outcome = outcome(at: index)
    let hasLedger = outcome.timings.total > 0 || outcome.attemptLog.count > 0
    writer.append(outcome.kind.rawValue | (hasLedger ? Self.hasLedger : 0))
    writer.append(outcome.status)
    writer.append(outcome.attempts)
    writer.append(text: text(outcome.code))
    writer.append(text: bytes(outcome.reason))
    let timings = outcome.timings
    for part in [timings.queue, timings.rateLimit, timings.backoff, timings.service, timings.wire] {
      writer.append(part)
    }
    if hasLedger { archiveLedger(outcome, to: &writer) }
  }

  /// Added to the kind of an outcome behind which there are more times.
  private static let hasLedger: UInt8 = 0x80

  private func archiveLedger(_ outcome: Outcome, to writer: inout ArchiveWriter) {
    for part in [outcome.timings.token, outcome.timings.own, outcome.timings.total] {
      writer.append(part)
    }
    writer.append(outcome.attemptLog.count)
    for attempt in attemptTimes[outcome.attemptLog.range] {
      writer.append(attempt.status)
      writer.append(text: text(attempt.endpoint))
      writer.append(attempt.total)
      for phase in AttemptTimes.Phase.allCases { writer.append(attempt[phase] ?? -1) }
    }
  }

  /// Appends the events that `archive(to:)` has written.
  ///
  /// - Throws: `ArchiveReader.Failure` if the bytes are no such events; some may have been appended.
  package mutating func append(
    archived reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) {
    var symbols = SymbolCache()
    for _ in 0..<(try reader.count()) { try append(event: &reader, &symbols) }
  }

  private mutating func append(
    event reader: inout ArchiveReader, _ symbols: inout SymbolCache
  ) throws(ArchiveReader.Failure) {
    let form = Form(rawValue: try reader.number())
    let flags = EventFlags(rawValue: try reader.number())
    let findings = EventFindings(rawValue: try reader.number())
    let timestamp = Timestamp(nanoseconds: try reader.number())
    let intended = Timestamp(nanoseconds: try reader.number())
    let agent = try id(
      from: &reader, isUUID: form.contains(.agentIsUUID), isText: form.contains(.agentIsText))
    let interaction = try id(
      from: &reader, isUUID: form.contains(.interactionIsUUID),
      isText: form.contains(.interactionIsText))
    let sequence = try text(from: &reader)
    let attributes = try attributes(from: &reader)
    let state = try symbol(from: &reader, &symbols)
    let type = try symbol(from: &reader, &symbols)
    var event = Event(
      sequence: sequence, timestamp: timestamp, interaction: interaction, agent: agent,
      state: state, type: type, attributes: attributes, intended: intended)
    event.flags = flags
    event.findings = findings
    var place: (input: InputNumber, line: Int)?
    if form.contains(.hasPlace) {
      place = (self.symbols.input(named: try reader.text()), Int(try reader.number(UInt32.self)))
    }
    if form.contains(.hasOrigin) { event.forbiddenOrigin = try symbol(from: &reader, &symbols) }
    if form.contains(.isMalformed) { event.malformedTimestamp = try text(from: &reader) }
    append(event)
    if let place { setPlace(of: count - 1, input: place.input, line: place.line) }
    if form.contains(.hasOutcome) { try judge(count - 1, archived: &reader) }
  }

  private mutating func id(
    from reader: inout ArchiveReader, isUUID: Bool, isText: Bool
  ) throws(ArchiveReader.Failure) -> EntityID {
    if isUUID { return .uuid(UUIDBits(high: try reader.number(), low: try reader.number())) }
    return isText ? .text(try text(from: &reader)) : .missing
  }

  /// A text, which is UTF-8 like all that a batch holds.
  private mutating func text(
    from reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) -> TextReference {
    intern(try reader.text().utf8)
  }

  /// Attributes, which are an object on one line.
  private mutating func attributes(
    from reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) -> TextReference {
    let text = try reader.text()
    guard text.isEmpty || EventCodec.storedAttributes(text).elementsEqual(text.utf8) else {
      throw ArchiveReader.Failure()
    }
    return intern(text.utf8)
  }

  private mutating func symbol(
    from reader: inout ArchiveReader, _ symbols: inout SymbolCache
  ) throws(ArchiveReader.Failure) -> Symbol {
    let text = Array(try reader.text().utf8)
    return text.withUnsafeBufferPointer { symbols.symbol($0, in: &self) }
  }

  /// Judges an event as `archiveOutcome(of:to:)` has written.
  ///
  /// - Throws: `ArchiveReader.Failure` if the bytes are no outcome.
  package mutating func judge(
    _ index: Int, archived reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) {
    let form = try reader.number(UInt8.self)
    guard let kind = Outcome.Kind(rawValue: form & ~Self.hasLedger) else {
      throw ArchiveReader.Failure()
    }
    var outcome = Outcome(kind, status: try reader.number(), attempts: try reader.number())
    let code = try reader.text()
    let reason = try reader.text()
    outcome.timings.queue = try reader.number()
    outcome.timings.rateLimit = try reader.number()
    outcome.timings.backoff = try reader.number()
    outcome.timings.service = try reader.number()
    outcome.timings.wire = try reader.number()
    var attempts: [AttemptTimes] = []
    if form & Self.hasLedger != 0 {
      outcome.timings.token = try reader.number()
      outcome.timings.own = try reader.number()
      outcome.timings.total = try reader.number()
      for _ in 0..<(try reader.number(UInt16.self)) {
        attempts.append(try attempt(archived: &reader))
      }
    }
    judge(
      index, outcome, code: code.isEmpty ? nil : code, reason: reason.isEmpty ? nil : reason,
      attempts: attempts)
  }

  private func attempt(
    archived reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) -> AttemptTimes {
    let status = try reader.number(UInt16.self)
    let endpoint = try reader.text()
    var attempt = AttemptTimes(
      total: try reader.number(), status: status, endpoint: symbols.symbol(endpoint) ?? .missing)
    for phase in AttemptTimes.Phase.allCases {
      let time = try reader.number(Int64.self)
      if time >= 0 { attempt[phase] = time }
    }
    return attempt
  }

  /// Passes over an outcome.
  ///
  /// - Throws: `ArchiveReader.Failure` if the bytes are none.
  package static func skipOutcome(
    archived reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) {
    let form = try reader.number(UInt8.self)
    _ = try reader.number(UInt32.self)
    _ = try reader.textBytes()
    _ = try reader.textBytes()
    for _ in 0..<5 { _ = try reader.number(Int64.self) }
    guard form & hasLedger != 0 else { return }
    for _ in 0..<3 { _ = try reader.number(Int64.self) }
    for _ in 0..<(try reader.number(UInt16.self)) {
      _ = try reader.number(UInt16.self)
      _ = try reader.textBytes()
      for _ in 0...AttemptTimes.Phase.allCases.count { _ = try reader.number(Int64.self) }
    }
  }
}
