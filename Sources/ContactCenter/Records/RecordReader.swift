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
    /// An object in which records are, before them, where that says something itself.
    case whole(JSONValue, line: Int)
    /// It can't be told, and why.
    case problem(String, line: Int)

    /// Where it begins.
    var line: Int {
      switch self {
      case .row(_, let line), .object(_, let line), .problem(_, let line), .whole(_, let line): line
      case .nothing: 0
      }
    }
  }

  /// By how many bytes it is told what a file is.
  private static let headBytes = 512

  let path: String
  /// The names that are asked for.
  private let names: [String]
  /// The first bytes, until it is told what the file is.
  private var head: [UInt8]? = []
  private var decoder: RecordDecoder
  private let options: RecordsOptions
  private let hasHeader: Bool
  /// Nil while it works.
  private var cutter: RecordCutter?
  private var columns: RecordHeader?
  /// Why the file isn't what it is read as; what is behind that isn't looked at.
  private var objection: UnreadableInput?
  /// For each name, the place of its column.
  private var places: [Int] = []
  /// How many fields the header has.
  private var width = 0
  private let expansion: RecordExpansion
  private let tellsWholes: Bool

  init(_ path: String, _ options: RecordsOptions, names: [String]) {
    self.path = path
    self.names = names
    self.options = options
    hasHeader = if case .delimited(let format) = options.format { format.hasHeader } else { false }
    decoder = RecordDecoder(options.encoding)
    cutter = RecordCutter(options)
    tellsWholes = !options.each.isEmpty && options.presences.isAsked
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
    try forEachItem(in: chunk) { items.append($0) }
    return items
  }

  /// Gives a closure what ends in the next bytes, of which none are the end.
  ///
  /// - Throws: `UnreadableInput` if the file isn't what it is read as.
  mutating func forEachItem(in chunk: [UInt8], _ body: (Item) -> Void) throws {
    guard var head else { return try cut(chunk, isEnd: chunk.isEmpty, body) }
    // What the file is shows in its first bytes, however few of them come at first.
    head += chunk
    self.head = head
    if head.count < Self.headBytes, !chunk.isEmpty { return }
    if head.isEmpty { throw UnreadableInput("\(path) is empty") }
    try settle(body)
    if chunk.isEmpty { try cut([], isEnd: true, body) }
  }

  /// Takes in what has come of the beginning so far, however little it is, for files of which nobody knows when
  /// more comes.
  ///
  /// - Throws: `UnreadableInput` if the file isn't what it is read as.
  mutating func settle(_ body: (Item) -> Void) throws {
    guard let head, !head.isEmpty else { return }
    self.head = nil
    let first = Array(head.prefix(Self.headBytes))
    if let objection = FileKind.objection(to: first, read: options.encoding) {
      throw UnreadableInput("\(path) \(objection)")
    }
    try cut(head, isEnd: false, body)
  }

  private mutating func cut(_ bytes: [UInt8], isEnd: Bool, _ body: (Item) -> Void) throws {
    let text = decoder.decode(bytes)
    // No text is the end for whoever cuts it.
    if text.isEmpty, !isEnd { return }
    var cutter = self.cutter.take() ?? RecordCutter(options)
    defer { self.cutter = cutter }
    cutter.forEachRecord(in: text) { take($0, body) }
    // What was left of a character came at the end.
    if isEnd, !text.isEmpty { cutter.forEachRecord(in: []) { take($0, body) } }
    if let objection { throw objection }
  }

  private mutating func take(_ record: RecordCutter.Record, _ body: (Item) -> Void) {
    if objection != nil { return }
    switch record {
    case .malformed(let problem, let line):
      if hasHeader, columns == nil {
        objection = UnreadableInput("\(path):\(line): the header can't be told: \(problem)")
        return
      }
      body(.problem(problem, line: line))
    case .row(let fields, let line):
      if columns == nil {
        do {
          if try isHeader(fields, line) { return }
        } catch {
          objection = error
          return
        }
      }
      if hasHeader, fields.count != width, !isMerelyLonger(fields, than: width) {
        body(.problem("expected \(width) fields, found \(fields.count)", line: line))
      } else if let wrong = fields.firstThatIsNoText {
        body(
          .problem(
            "field \(wrong + 1) is not valid UTF-8; if all are like that, set \"encoding\"",
            line: line))
      } else {
        body(.row(RowFields(fields: fields, columns: places), line: line))
      }
    case .object(let value, let line):
      if tellsWholes { body(.whole(value, line: line)) }
      let records = expansion.records(in: value)
      if records.isEmpty { body(.nothing) }
      for scopes in records { body(.object(scopes, line: line)) }
    }
  }

  /// Learns where columns are from the first row; whether that was the header.
  private mutating func isHeader(
    _ fields: RowCells, _ line: Int
  ) throws(UnreadableInput) -> Bool {
    let header =
      hasHeader
      ? try RecordHeader(names, in: fields, of: path, line: line, advice: options.headerAdvice)
      : try RecordHeader(numbers: names, of: path, line: line)
    columns = header
    places = header.columns
    width = header.count
    return hasHeader
  }

  /// Whether a row only has empty fields more than the header.
  private func isMerelyLonger(_ fields: RowCells, than count: Int) -> Bool {
    fields.count > count && fields[count...].allSatisfy(\.isEmpty)
  }
}
