import EventMapping
import PatchbayCore
import PatchbayJSON

/// The beginning of a file, taken apart.
struct RecordSample {
  /// How many records are looked at.
  private static let most = 500

  /// The options that say how records stand in the file.
  private(set) var options: [JSONValue.Member] = []
  /// What was found, in sentences.
  private(set) var reasons: [String] = []
  private(set) var columns: [SampledColumn] = []
  /// How many records there were.
  private(set) var records = 0

  /// - Parameter isWhole: whether the file has nothing behind these bytes.
  /// - Throws: `UnreadableInput` if there is nothing that is a record.
  init(_ head: [UInt8], isWhole: Bool, of path: String) throws {
    let encoding = Self.encoding(of: head)
    if encoding != .utf8 {
      options.append(.init("encoding", .string(encoding.rawValue)))
      reasons.append("its text is in \(encoding.rawValue)")
    }
    if let objection = FileKind.objection(to: Array(head.prefix(512)), read: encoding) {
      throw UnreadableInput("\(path) \(objection)")
    }
    var decoder = RecordDecoder(encoding)
    let text = decoder.decode(head)
    let first = text.first { !" \t\r\n".utf8.contains($0) }
    switch first {
    case nil: throw UnreadableInput("\(path) is empty")
    case UInt8(ascii: "{"), UInt8(ascii: "["): try readJSON(text, isWhole: isWhole, of: path)
    default: try readRows(text, isWhole: isWhole, of: path)
    }
    if records == 0 { throw UnreadableInput("\(path) has nothing that looks like a record") }
  }

  private static func encoding(of head: [UInt8]) -> RecordEncoding {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return .utf16 }
    // The last character may have been cut.
    let isText = (0..<4).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    return isText || head.contains(0) ? .utf8 : .latin1
  }

  // MARK: Rows

  private struct Table {
    let format: JSONValue
    let rows: [(fields: [String], line: Int)]
    let width: Int
    let delimiter: String

    var quotesAreText: Bool { format["quotes"] != nil }

    /// Which part of the rows has as many fields as most.
    var share: Double {
      Double(rows.count { $0.fields.count == width }) / Double(max(1, rows.count))
    }
  }

  private mutating func readRows(_ text: [UInt8], isWhole: Bool, of path: String) throws {
    let tables = [",", "\t", ";", "|"].compactMap { delimiter in
      Self.table(text, isWhole: isWhole, delimiter, "rfc4180")
        ?? Self.table(text, isWhole: isWhole, delimiter, "none")
    }
    // The one by which most rows have as many fields as the others, and then the one with most fields.
    guard
      let table = tables.max(by: { one, other in
        (one.share, one.width) < (other.share, other.width)
      })
    else {
      throw UnreadableInput(
        "\(path) is no table: no comma, tab, semicolon or bar parts its lines into as many fields each"
      )
    }
    let start = table.rows.firstIndex { $0.fields.count == table.width } ?? 0
    let rows = table.rows[start...].filter { $0.fields.count == table.width }
    let head = rows.first?.fields ?? []
    let hasHeader = Self.isHeader(head)
    var format = table.format.object ?? []
    let skipped = (rows.first?.line ?? 1) - 1
    if skipped > 0 { format.append(.init("skip_lines", .integer(skipped))) }
    if !hasHeader { format.append(.init("header", false)) }
    options.append(.init("format", .object([.init("delimited", .object(format))])))
    let name = ["\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"][table.delimiter] ?? ""
    reasons.append(
      "rows of \(table.width) fields with \(name) between"
        + (skipped > 0 ? ", from line \(skipped + 1) on" : "")
        + (table.quotesAreText ? ", in which quotes are characters like all others" : "")
        + (hasHeader ? ", under a header" : ", without a header: columns are 1 to \(table.width)"))
    let body = rows.dropFirst(hasHeader ? 1 : 0).prefix(Self.most)
    records = body.count
    columns = head.indices.compactMap { place in
      let name = hasHeader ? head[place] : String(place + 1)
      return name.isEmpty
        ? nil : SampledColumn(name: name, values: body.map { $0.fields[place] })
    }
  }

  private static func table(
    _ text: [UInt8], isWhole: Bool, _ delimiter: String, _ quotes: String
  ) -> Table? {
    var members: [JSONValue.Member] = []
    if delimiter != "," { members.append(.init("delimiter", .string(delimiter))) }
    if quotes != "rfc4180" { members.append(.init("quotes", .string(quotes))) }
    guard
      let format = try? DelimitedFormat(
        .object(members + [.init("header", false)]))
    else { return nil }
    var reader = DelimitedReader(format, longest: 1 << 20)
    let found = reader.rows(in: text) + (isWhole ? reader.rows(in: []) : [])
    if found.contains(where: { $0.problem != nil }) { return nil }
    let rows = found.map { row in
      (fields: row.fields.map { String(decoding: $0, as: UTF8.self) }, line: row.line)
    }
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.fields.count, default: 0] += 1 }
    guard
      let width = counts.filter({ $0.key > 1 })
        .max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key
    else { return nil }
    return Table(format: .object(members), rows: rows, width: width, delimiter: delimiter)
  }

  /// Names, of which none is a number or a time, and each is there once.
  private static func isHeader(_ fields: [String]) -> Bool {
    let names = fields.filter { !$0.isEmpty }
    return !names.isEmpty && Set(names).count == names.count
      && names.allSatisfy { name in
        let kind = ColumnKinds.kind(of: [name]).0
        return kind == .text && name.contains(where: \.isLetter)
      }
  }

  // MARK: JSON

  private mutating func readJSON(_ text: [UInt8], isWhole: Bool, of path: String) throws {
    var candidates: [(format: JSONValue, says: String)] = [
      ("json-lines", "a JSON object a line"),
      ("json-array", "one array of JSON objects"),
      ("json-concatenated", "JSON objects one behind the other"),
    ]
    candidates.insert(
      contentsOf: Self.arrayMembers(of: text).map { member in
        (
          ["json-array": ["in": .string(member)]],
          "one object, in which \(member.debugDescription) is the array of records"
        )
      }, at: 2)
    for (format, says) in candidates {
      let objects = Self.objects(text, isWhole: isWhole, format)
      if objects.isEmpty { continue }
      options.append(.init("format", format))
      reasons.append(says)
      take(objects)
      return
    }
    throw UnreadableInput("\(path) begins like JSON, and has no objects that could be records")
  }

  private mutating func take(_ objects: [JSONValue]) {
    records = objects.count
    var paths: [String] = []
    var values: [String: [Int: String]] = [:]
    for (number, object) in objects.enumerated() {
      for (path, text) in Self.flat(object, "", depth: 0) {
        if values[path] == nil { paths.append(path) }
        values[path, default: [:]][number] = text
      }
    }
    columns = paths.prefix(500).map { path in
      SampledColumn(name: path, values: objects.indices.map { values[path]?[$0] ?? "" })
    }
  }

  private static func objects(
    _ text: [UInt8], isWhole: Bool, _ format: JSONValue
  ) -> [JSONValue] {
    guard let form = RecordFormat.read(format) else { return [] }
    var reader = JSONRecordReader(form, longest: 8 << 20)
    let records = reader.records(in: text) + (isWhole ? reader.records(in: []) : [])
    let values = records.prefix(most).compactMap(\.value)
    return records.contains { $0.problem != nil } ? [] : values
  }

  /// The names of an object's members that are arrays of objects.
  private static func arrayMembers(of text: [UInt8]) -> [String] {
    guard text.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") else {
      return []
    }
    let beginning = String(decoding: text.prefix(1 << 16), as: UTF8.self)
    var seen: Set<String> = []
    return beginning.matches(of: #/"([^"\\]{1,80})"\s*:\s*\[\s*\{/#).map { String($0.output.1) }
      .filter { seen.insert($0).inserted }.prefix(8).map(\.self)
  }

  /// The scalars in an object by their paths; of an array, those of its first element.
  private static func flat(
    _ value: JSONValue, _ path: String, depth: Int
  ) -> [(path: String, text: String)] {
    switch value {
    case .object(let members):
      if depth > 5 { return [] }
      return members.filter { !$0.name.contains(where: { ".[]".contains($0) }) }.flatMap {
        flat($0.value, path.isEmpty ? $0.name : "\(path).\($0.name)", depth: depth + 1)
      }
    case .array(let elements):
      guard let first = elements.first, first.object != nil else { return [] }
      return flat(first, "\(path)[first]", depth: depth + 1)
    case .null: return []
    case .string, .integer, .number, .bool:
      return ValuePath.text(value).map { [(path, $0)] } ?? []
    }
  }
}

extension RecordFormat {
  /// The format that a value says; nil if it says none.
  fileprivate static func read(_ value: JSONValue) -> RecordFormat? {
    decode(JSONNode(value), at: OptionPath()).value
  }
}
