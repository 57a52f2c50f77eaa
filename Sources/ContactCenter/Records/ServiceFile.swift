import PatchbayCore
import PatchbayJSON

/// Reads a file of records: bytes in, what they hold out; who opens the file, and where it is, is another's affair.
package struct ServiceFile: Sendable {
  /// What a record holds.
  package enum Finding: Sendable {
    case service(Service, agent: String)
    /// It can't be used: why, where it begins, and what tells it from all others.
    case problem(String, line: Int, number: Int)
  }

  /// By how many bytes it is told what a file is.
  private static let headBytes = 512
  /// Of how many calls the day is remembered.
  private static let rememberedCalls = 100_000

  private let options: RecordsOptions
  /// The first bytes, until it is told what the file is.
  private var head: [UInt8]? = []
  private var decoder: RecordDecoder
  private var cutter: RecordCutter
  private var reader: ServiceReader
  private var findings: [Finding] = []
  /// The number of the record that was taken last.
  private var next = 0
  /// Which records are in force, where several may be of one call; nil as long as that is being found out.
  private let versions: RecordVersions?
  /// The versions that were found.
  private(set) var found = RecordVersions()
  private var days = RecencyTable<UUIDBits, Int>(capacity: rememberedCalls)
  private var agents: Set<UUIDBits> = []
  package private(set) var tally = RecordTally()
  private var columns: RecordHeader?
  private let paths: [RecordPath]
  private let expansion: RecordExpansion

  package init(_ options: RecordsOptions) {
    self.init(options, versions: RecordVersions())
  }

  /// - Parameters:
  ///   - versions: which records are in force, as an earlier reading of the same file has found; nil if this is
  ///     that reading.
  ///   - isBrief: whether only the beginning of services is asked for.
  init(_ options: RecordsOptions, versions: RecordVersions?, isBrief: Bool = false) {
    self.options = options
    self.versions = versions
    decoder = RecordDecoder(options.encoding)
    cutter = RecordCutter(options)
    reader = ServiceReader(options, isBrief: isBrief)
    paths = reader.names.compactMap { RecordPath($0) }
    expansion = RecordExpansion(options.each.compactMap { RecordPath($0) })
  }

  /// Takes the next bytes; none are the end.
  ///
  /// - Returns: what the records hold that end in them.
  /// - Throws: `UnreadableInput` if the file isn't what it is read as.
  package mutating func take(_ chunk: [UInt8]) throws -> [Finding] {
    defer { findings.removeAll(keepingCapacity: true) }
    guard var head else {
      try cut(chunk, isEnd: chunk.isEmpty)
      return findings
    }
    // What the file is shows in its first bytes, however few of them come at first.
    head += chunk
    self.head = head
    if head.count < Self.headBytes, !chunk.isEmpty { return [] }
    self.head = nil
    if head.isEmpty { throw UnreadableInput("\(options.path) is empty") }
    let first = Array(head.prefix(Self.headBytes))
    if let objection = FileKind.objection(to: first, read: options.encoding) {
      throw UnreadableInput("\(options.path) \(objection)")
    }
    try cut(head, isEnd: false)
    if chunk.isEmpty { try cut([], isEnd: true) }
    return findings
  }

  private mutating func cut(_ bytes: [UInt8], isEnd: Bool) throws {
    let text = decoder.decode(bytes)
    // No text is the end for whoever cuts it.
    if text.isEmpty, !isEnd { return }
    for record in cutter.records(in: text) { try take(record) }
    // What was left of a character came at the end.
    if isEnd, !text.isEmpty {
      for record in cutter.records(in: []) { try take(record) }
    }
  }

  /// Columns that were found in another spelling.
  var guessed: [(name: String, column: String)] { columns?.guessed ?? [] }

  /// Ends the reading.
  ///
  /// - Throws: `UnreadableInput` if nothing in the file is of a call that an agent served.
  package mutating func finish() throws {
    tally.agents = agents.count
    tally.overMidnight = reader.overMidnight
    tally.unknown = reader.unknown
    tally.open = reader.openCount
    tally.ambiguous = reader.times.ambiguous
    tally.skipped = reader.times.skipped
    tally.guessed = guessed
    if tally.records == 0 {
      let header = columns == nil ? "nothing that is a record" : "a header and nothing behind it"
      throw UnreadableInput("\(options.path) has \(header)")
    }
    if tally.services == 0, tally.bad == 0 {
      throw UnreadableInput(
        "none of the \(tally.records) records of \(options.path) is of a call that an agent served: "
          + "look at \"no_agent\", \"no_time\" and \"served\"")
    }
  }

  // MARK: Records

  private mutating func take(_ record: RecordCutter.Record) throws {
    switch record {
    case .malformed(let problem, let line):
      if hasHeader, columns == nil {
        throw UnreadableInput("\(options.path):\(line): the header can't be told: \(problem)")
      }
      tally.records += 1
      reject(problem, line)
    case .row(let fields, let line):
      guard let columns = try header(fields, line) else { return }
      tally.records += 1
      if hasHeader, fields.count != columns.count, !isMerelyLonger(fields, than: columns.count) {
        return reject("expected \(columns.count) fields, found \(fields.count)", line)
      }
      if let wrong = fields.firstThatIsNoText {
        return reject(
          "field \(wrong + 1) is not valid UTF-8; if all are like that, set \"encoding\"", line)
      }
      take(RowFields(fields: fields, columns: columns.columns), line)
    case .object(let value, let line):
      let records = expansion.records(in: value)
      tally.records += max(1, records.count)
      // One without any is a call that nobody served.
      if records.isEmpty { tally.unserved += 1 }
      for scopes in records { take(ObjectFields(scopes: scopes, paths: paths), line) }
    }
  }

  private mutating func take(_ record: some RecordFields, _ line: Int) {
    next += 1
    if let version = reader.version(of: record) {
      let call = reader.call(of: record)
      if let versions {
        guard versions.isInForce(next, of: call) else {
          tally.superseded += 1
          return
        }
      } else {
        found.note(next, version, of: call)
      }
    }
    switch reader.read(record, line: line, number: next) {
    case .malformed(let problem): reject(problem, line)
    case .unserved: tally.unserved += 1
    case .nothing: break
    case .service(let service, let agent):
      tally.services += 1
      if versions != nil { count(service) }
      findings.append(.service(service, agent: agent))
    }
  }

  private mutating func count(_ service: Service) {
    agents.insert(service.agent)
    if let day = days.see(service.interaction), day != service.day { tally.callsAgain += 1 }
    days.set(service.interaction, service.day)
  }

  private mutating func reject(_ problem: String, _ line: Int) {
    tally.bad += 1
    findings.append(.problem(problem, line: line, number: tally.bad))
  }

  private var hasHeader: Bool {
    if case .delimited(let format) = options.format { format.hasHeader } else { false }
  }

  private mutating func header(_ fields: RowCells, _ line: Int) throws -> RecordHeader? {
    if let columns { return columns }
    if !hasHeader {
      let header = try RecordHeader(
        numbers: reader.names, of: options.path, line: line)
      columns = header
      return header
    }
    columns = try RecordHeader(reader.names, in: fields, of: options.path, line: line)
    return nil
  }

  /// Whether a row only has empty fields more than the header.
  private func isMerelyLonger(_ fields: RowCells, than count: Int) -> Bool {
    fields.count > count && fields[count...].allSatisfy(\.isEmpty)
  }
}
