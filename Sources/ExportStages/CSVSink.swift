package import PatchbayCore

/// Writes events as rows of a table.
///
/// RFC 4180: commas, quotes where they are needed, CRLF. Spreadsheets take a cell that begins with `=`, `+`, `-` or `@`
/// for a formula, whoever wrote it: such a cell gets a `'` before it, unless that is switched off.
package struct CSVSink: ResumableSink, ResourceUser {
  package static let type = "csv"
  package static let doc = "Writes events and what became of them as rows of a table (CSV)."
  package static let keepsRecords = true

  /// What a column holds.
  enum Column: String, OptionChoice {
    case sequenceID = "sequence_id"
    case timestamp
    case interactionID = "interaction_id"
    case agentID = "agent_id"
    case state
    case eventType = "event_type"
    case attributes
    case outcome
    case status
    case attempts
    case code
    case reason
    case latency = "latency_ms"
    case response = "response_ms"
    case findings
    case origin = "forbidden_from"

    var doc: String {
      switch self {
      case .sequenceID, .timestamp, .interactionID, .agentID, .state, .eventType:
        "the event's member"
      case .attributes: "all other members, as a JSON object"
      case .outcome: "accepted, rejected, failed, unknown, or undecided"
      case .status: "the last HTTP status; empty without an answer"
      case .attempts: "how often it was sent"
      case .code: "the code of why it wasn't accepted"
      case .reason: "why it wasn't accepted"
      case .latency: "service time in milliseconds; empty if it wasn't sent"
      case .response: "response time in milliseconds; empty if it wasn't sent"
      case .findings: "what correlators have found, with blanks between"
      case .origin: "the state from which a state machine forbids to come to its own"
      }
    }
  }

  /// The options.
  package struct Options: OptionGroup {
    let file: String
    let columns: [Column]
    let guardsFormulas: Bool

    package init(from options: inout OptionReader) {
      file = options.value(
        "file", default: "events.csv", .fileName, doc: "The file's name in the run's folder.")
      columns = options.value(
        "columns", default: Column.allCases.filter { $0 != .attributes }, .nonEmpty,
        doc: "What the columns hold, in order.")
      guardsFormulas = options.value(
        "guard_formulas", default: true,
        doc: "Whether what a spreadsheet would take for a formula gets a \"'\" before it.")
    }
  }

  private let options: Options
  private var file: RecordFile?
  /// What it held before the run was interrupted, and wasn't asked for yet.
  private var keys = RecalledKeys()

  package init(_ options: Options) {
    self.options = options
  }

  package var reach: StageReach { .context }
  package var resources: [String] { [FilePlace.resource(inRunFolder: options.file)] }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.outputFiles = [options.file]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    let isNew = context.run.attempt == 1
    let file = try await RecordFile.open(
      context.directory.makePlace(for: options.file), isNew ? .new : .append)
    if !isNew { try await recall(file) }
    if file.length == 0 { try await file.append(row(options.columns.map(\.rawValue))) }
    self.file = file
  }

  /// Takes in what is there from before the interruption; a torn row at its end is cut off.
  private mutating func recall(_ file: RecordFile) async throws {
    var rows = CSVRows()
    var offset = 0
    while offset < file.length {
      let chunk = try await file.read(at: offset, count: 1 << 18)
      if chunk.isEmpty { break }
      offset += chunk.count
      for cells in rows.rows(in: chunk) { keys.add(key(of: cells)) }
    }
    if rows.end < file.length { try await file.cut(to: rows.end) }
    keys.sort()
  }

  package mutating func recall(_ batch: borrowing EventBatch) async throws -> [Int] {
    if keys.isEmpty { return [] }
    var held: [Int] = []
    for index in batch.indices {
      let cells = options.columns.map { guarded(Self.cell($0, index, of: batch)) }
      if keys.take(key(of: cells)) { held.append(index) }
    }
    return held
  }

  /// What a row is known by: all but its times, which are others when something is sent again.
  private func key(of cells: [[UInt8]]) -> UInt64 {
    var hasher = Hasher()
    for (column, cell) in zip(options.columns, cells)
    where column != .latency && column != .response {
      hasher.combine(cell)
    }
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.count * 256)
    for index in batch.indices {
      let cells = options.columns.map { Self.cell($0, index, of: batch) }
      bytes += row(cells)
    }
    try await file?.append(bytes)
    return .all
  }

  package mutating func finish(_ report: RunReport) async throws {
    try await file?.synchronize()
    file = nil
  }

  private func row(_ cells: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (number, cell) in cells.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      append(guarded(cell), to: &bytes)
    }
    return bytes + [0x0D, 0x0A]
  }

  /// A cell as it stands in the table, without the quotes around it.
  private func guarded(_ cell: String) -> [UInt8] {
    let text = KnownSecrets.masked(Array(cell.utf8))
    guard options.guardsFormulas, let first = text.first, Self.startsFormulas.contains(first) else {
      return text
    }
    return [UInt8(ascii: "'")] + text
  }

  private func append(_ text: [UInt8], to bytes: inout [UInt8]) {
    // A line without anything is none to most readers.
    let needsQuotes =
      options.columns.count == 1 && text.isEmpty
      || text.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard needsQuotes else {
      bytes += text
      return
    }
    bytes.append(0x22)
    for byte in text {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// `=`, `+`, `-`, `@`, a tab and a line end, as OWASP lists them.
  private static let startsFormulas = Set("=+-@\t\r\n".utf8)

  private static func cell(
    _ column: Column, _ index: Int, of batch: borrowing EventBatch
  ) -> String {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    switch column {
    case .sequenceID: return batch.sequenceID(of: event)
    case .timestamp: return batch.timestampText(of: event)
    case .interactionID: return batch.interactionID(of: event)
    case .agentID: return batch.agentID(of: event)
    case .state: return batch.state(of: event)
    case .eventType: return batch.eventType(of: event)
    case .attributes: return batch.text(event.attributes)
    case .outcome: return outcome.kind.name
    case .status: return outcome.status == 0 ? "" : String(outcome.status)
    case .attempts: return String(outcome.attempts)
    case .code: return batch.text(outcome.code)
    case .reason: return batch.text(outcome.reason)
    case .latency: return outcome.attempts == 0 ? "" : milliseconds(outcome.timings.service)
    case .response: return outcome.attempts == 0 ? "" : milliseconds(outcome.timings.response)
    case .findings: return event.findings.names.joined(separator: " ")
    case .origin: return batch.forbiddenOrigin(of: event) ?? ""
    }
  }

  private static func milliseconds(_ nanoseconds: Int64) -> String {
    "\(Double(nanoseconds / 1_000) / 1_000)"
  }
}
