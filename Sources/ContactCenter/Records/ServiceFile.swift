import PatchbayCore
import PatchbayJSON

/// Reads a file of records to its end.
package struct ServiceFile {
  /// A record that takes the place of those of the same call that are older.
  private struct Latest {
    let version: String
    /// Its place among the services; nil if it is unserved.
    let index: Int?
  }

  private static let chunk = 1 << 16
  /// How much of a file is looked at before a run.
  private static let headChunks = 16
  private static let firstServices = 3
  /// By how many bytes it is told what a file is.
  private static let headBytes = 512

  private let options: RecordsOptions
  /// The first bytes, until it is told what the file is.
  private var head: [UInt8]? = []
  private var decoder: RecordDecoder
  private var cutter: RecordCutter
  private var reader: ServiceReader
  private var found: [Service?] = []
  private var latest: [String: Latest] = [:]
  private var days: [UUIDBits: Int] = [:]
  package private(set) var tally = RecordTally()
  /// The first services with the names of their agents.
  private(set) var first: [(agent: String, service: Service)] = []
  private var columns: RecordHeader?
  private let paths: [RecordPath]
  private let expansion: RecordExpansion

  package init(_ options: RecordsOptions) {
    self.options = options
    decoder = RecordDecoder(options.encoding)
    cutter = RecordCutter(options)
    reader = ServiceReader(options)
    paths = reader.names.compactMap { RecordPath($0) }
    expansion = RecordExpansion(options.each.compactMap { RecordPath($0) })
  }

  /// The services that were found, in the order of the file.
  package var services: [Service] { found.compactMap(\.self) }

  /// Reads everything.
  ///
  /// - Parameter reject: takes what can't be used: why, and the line.
  /// - Throws: `UnreadableInput` if the file can't be read, or isn't what it is read as, or nothing in it is
  ///   of a call that an agent served.
  package mutating func read(
    rejecting reject: (_ problem: String, _ line: Int) async throws -> Void
  ) async throws {
    _ = try await read(chunks: .max, reject)
    try finish()
  }

  /// Reads the beginning of the file, for a look before a run.
  ///
  /// - Returns: the first problems, each with its line.
  /// - Throws: as `read(rejecting:)`.
  mutating func readHead() async throws -> [String] {
    var problems: [String] = []
    let path = options.path
    let isWhole = try await read(chunks: Self.headChunks) { problem, line in
      if problems.count < 3 { problems.append("\(path):\(line): \(problem)") }
    }
    if isWhole { try finish() }
    return problems
  }

  /// Reads so many chunks at the most; says whether that was all.
  private mutating func read(
    chunks: Int, _ reject: (_ problem: String, _ line: Int) async throws -> Void
  ) async throws -> Bool {
    let file = try await InputFile.open(options.path)
    for _ in 0..<chunks {
      let chunk = try await file.read(upTo: Self.chunk)
      var problems: [(problem: String, line: Int)] = []
      try take(chunk) { problems.append(($0, $1)) }
      for (problem, line) in problems { try await reject(problem, line) }
      if chunk.isEmpty { return true }
    }
    return false
  }

  /// Takes the next bytes; none are the end.
  ///
  /// - Throws: as `read(rejecting:)`, but for what is only known at the end.
  package mutating func take(
    _ chunk: [UInt8], rejecting reject: (_ problem: String, _ line: Int) -> Void
  ) throws {
    guard var head else { return try cut(chunk, isEnd: chunk.isEmpty, reject) }
    // What the file is shows in its first bytes, however few of them come at first.
    head += chunk
    self.head = head
    if head.count < Self.headBytes, !chunk.isEmpty { return }
    self.head = nil
    if head.isEmpty { throw UnreadableInput("\(options.path) is empty") }
    let first = Array(head.prefix(Self.headBytes))
    if let objection = FileKind.objection(to: first, read: options.encoding) {
      throw UnreadableInput("\(options.path) \(objection)")
    }
    try cut(head, isEnd: false, reject)
    if chunk.isEmpty { try cut([], isEnd: true, reject) }
  }

  private mutating func cut(
    _ bytes: [UInt8], isEnd: Bool, _ reject: (_ problem: String, _ line: Int) -> Void
  ) throws {
    let text = decoder.decode(bytes)
    // No text is the end for whoever cuts it.
    if text.isEmpty, !isEnd { return }
    for record in cutter.records(in: text) {
      if let (problem, line) = try take(record) { reject(problem, line) }
    }
    // What was left of a character came at the end.
    if isEnd, !text.isEmpty {
      for record in cutter.records(in: []) {
        if let (problem, line) = try take(record) { reject(problem, line) }
      }
    }
  }

  private mutating func finish() throws {
    tally.agents = Set(found.compactMap { $0?.agent }).count
    tally.services = found.count { $0 != nil }
    tally.overMidnight = reader.overMidnight
    tally.unknown = reader.unknown
    tally.open = reader.openCount
    tally.ambiguous = reader.times.ambiguous
    tally.skipped = reader.times.skipped
    tally.guessed = columns?.guessed ?? []
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

  /// Takes a record; says what is wrong with one that can't be used.
  private mutating func take(
    _ record: RecordCutter.Record
  ) throws -> (problem: String, line: Int)? {
    let reading: (ServiceReader.Reading, version: String?, call: String)
    switch record {
    case .malformed(let problem, let line):
      tally.records += 1
      tally.bad += 1
      return (problem, line)
    case .row(let fields, let line):
      guard let columns = try header(fields, line) else { return nil }
      tally.records += 1
      if hasHeader, fields.count != columns.count, !isMerelyLonger(fields, than: columns.count) {
        tally.bad += 1
        return ("expected \(columns.count) fields, found \(fields.count)", line)
      }
      if let wrong = fields.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil }) {
        tally.bad += 1
        return (
          "field \(wrong + 1) is not valid UTF-8; if all are like that, set \"encoding\"", line
        )
      }
      let row = RowFields(fields: fields, columns: columns.columns)
      reading = (reader.read(row, line: line), reader.version(of: row), reader.call(of: row))
    case .object(let value, let line):
      return takeAll(of: value, line)
    }
    return note(reading.0, reading.version, reading.call, line: record.line)
  }

  /// Takes all records that an object holds; says what is wrong with the first that can't be used.
  private mutating func takeAll(of value: JSONValue, _ line: Int) -> (problem: String, line: Int)? {
    let records = expansion.records(in: value)
    tally.records += records.count
    // One without any is a call that nobody served.
    if records.isEmpty {
      tally.records += 1
      tally.unserved += 1
    }
    var problem: (problem: String, line: Int)?
    for scopes in records {
      let object = ObjectFields(scopes: scopes, paths: paths)
      let found = note(
        reader.read(object, line: line), reader.version(of: object), reader.call(of: object),
        line: line)
      problem = problem ?? found
    }
    return problem
  }

  private var hasHeader: Bool {
    if case .delimited(let format) = options.format { format.hasHeader } else { false }
  }

  private mutating func header(_ fields: [ArraySlice<UInt8>], _ line: Int) throws -> RecordHeader? {
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
  private func isMerelyLonger(_ fields: [ArraySlice<UInt8>], than count: Int) -> Bool {
    fields.count > count && fields[count...].allSatisfy(\.isEmpty)
  }

  private mutating func note(
    _ reading: ServiceReader.Reading, _ version: String?, _ call: String, line: Int
  ) -> (problem: String, line: Int)? {
    var index: Int?
    switch reading {
    case .malformed(let problem):
      tally.bad += 1
      return (problem, line)
    case .unserved: tally.unserved += 1
    case .nothing: break
    case .service(let service, let agent):
      index = found.count
      found.append(service)
      if first.count < Self.firstServices { first.append((agent, service)) }
      if let day = days[service.interaction], day != service.day { tally.callsAgain += 1 }
      days[service.interaction] = service.day
    }
    guard let version else { return nil }
    if let other = latest[call] {
      tally.superseded += 1
      if Self.isLater(other.version, than: version) {
        if let index { found[index] = nil }
        return nil
      }
      if let old = other.index { found[old] = nil }
    }
    latest[call] = Latest(version: version, index: index)
    return nil
  }

  /// By their numbers if both are some, else as texts, as ISO 8601 is made for.
  private static func isLater(_ one: String, than other: String) -> Bool {
    if let one = Int(one), let other = Int(other) { return one > other }
    return one > other
  }
}
