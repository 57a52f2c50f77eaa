import EventMapping
import PatchbayCore
import PatchbayJSON

/// Reads the records of one file: bytes in, fields out.
struct RecordReader: Sendable {
  /// What stands in a file.
  enum Item {
    case row(RowFields, line: Int)
    /// An object, with those around it behind it.
    case object([JSONValue], line: Int)
    /// An object in which no record is.
    case nothing
    /// It can't be told, and why.
    case problem(String, line: Int)

    /// Where it begins.
    var line: Int {
      switch self {
      case .row(_, let line), .object(_, let line), .problem(_, let line): line
      case .nothing: 0
      }
    }
  }

  /// By how many bytes it is told what a file is.
  private static let headBytes = 512

  let path: String
  private let format: RecordFormat
  private let encoding: RecordEncoding
  /// The names that are asked for.
  private let names: [String]
  /// The first bytes, until it is told what the file is.
  private var head: [UInt8]? = []
  private var decoder: RecordDecoder
  private var cutter: RecordCutter
  private var columns: RecordHeader?
  private let headerAdvice: String
  private let expansion: RecordExpansion

  init(_ path: String, _ options: RecordsOptions, names: [String]) {
    self.path = path
    self.names = names
    format = options.format
    encoding = options.encoding
    headerAdvice = options.headerAdvice
    decoder = RecordDecoder(options.encoding)
    cutter = RecordCutter(options)
    expansion = RecordExpansion(options.each.compactMap { ValuePath($0) })
  }

  /// Columns that were found in another spelling.
  var guessed: [(name: String, column: String)] { columns?.guessed ?? [] }

  /// Whether a header was found.
  var hasFoundHeader: Bool { columns != nil }

  /// What ends in the next bytes, of which none are the end.
  ///
  /// - Throws: `UnreadableInput` if the file isn't what it is read as.
  mutating func items(in chunk: [UInt8]) throws -> [Item] {
    var items: [Item] = []
    try take(chunk, &items)
    return items
  }

  private mutating func take(_ chunk: [UInt8], _ items: inout [Item]) throws {
    guard var head else { return try cut(chunk, isEnd: chunk.isEmpty, &items) }
    // What the file is shows in its first bytes, however few of them come at first.
    head += chunk
    self.head = head
    if head.count < Self.headBytes, !chunk.isEmpty { return }
    self.head = nil
    if head.isEmpty { throw UnreadableInput("\(path) is empty") }
    let first = Array(head.prefix(Self.headBytes))
    if let objection = FileKind.objection(to: first, read: encoding) {
      throw UnreadableInput("\(path) \(objection)")
    }
    try cut(head, isEnd: false, &items)
    if chunk.isEmpty { try cut([], isEnd: true, &items) }
  }

  private mutating func cut(_ bytes: [UInt8], isEnd: Bool, _ items: inout [Item]) throws {
    let text = decoder.decode(bytes)
    // No text is the end for whoever cuts it.
    if text.isEmpty, !isEnd { return }
    for record in cutter.records(in: text) { try take(record, &items) }
    // What was left of a character came at the end.
    if isEnd, !text.isEmpty {
      for record in cutter.records(in: []) { try take(record, &items) }
    }
  }

  private mutating func take(_ record: RecordCutter.Record, _ items: inout [Item]) throws {
    switch record {
    case .malformed(let problem, let line):
      if hasHeader, columns == nil {
        throw UnreadableInput("\(path):\(line): the header can't be told: \(problem)")
      }
      items.append(.problem(problem, line: line))
    case .row(let fields, let line):
      guard let columns = try header(fields, line) else { return }
      if hasHeader, fields.count != columns.count, !isMerelyLonger(fields, than: columns.count) {
        items.append(
          .problem("expected \(columns.count) fields, found \(fields.count)", line: line))
        return
      }
      if let wrong = fields.firstThatIsNoText {
        items.append(
          .problem(
            "field \(wrong + 1) is not valid UTF-8; if all are like that, set \"encoding\"",
            line: line))
        return
      }
      items.append(.row(RowFields(fields: fields, columns: columns.columns), line: line))
    case .object(let value, let line):
      let records = expansion.records(in: value)
      if records.isEmpty { items.append(.nothing) }
      for scopes in records { items.append(.object(scopes, line: line)) }
    }
  }

  private var hasHeader: Bool {
    if case .delimited(let format) = format { format.hasHeader } else { false }
  }

  private mutating func header(_ fields: RowCells, _ line: Int) throws -> RecordHeader? {
    if let columns { return columns }
    if !hasHeader {
      let header = try RecordHeader(numbers: names, of: path, line: line)
      columns = header
      return header
    }
    columns = try RecordHeader(
      names, in: fields, of: path, line: line, advice: headerAdvice)
    return nil
  }

  /// Whether a row only has empty fields more than the header.
  private func isMerelyLonger(_ fields: RowCells, than count: Int) -> Bool {
    fields.count > count && fields[count...].allSatisfy(\.isEmpty)
  }
}
