import PatchbayCore
import PatchbayJSON

/// A record's values, by the number of a name.
protocol RecordFields {
  /// The value of a name; nil if the record has none.
  func text(_ number: Int) -> String?
}

/// A row's values.
struct RowFields: RecordFields {
  let fields: [ArraySlice<UInt8>]
  /// For each name, the place of its column.
  let columns: [Int]

  func text(_ number: Int) -> String? {
    let column = columns[number]
    guard column < fields.count else { return nil }
    return String(decoding: fields[column], as: UTF8.self)
  }
}

/// A JSON object's values.
struct ObjectFields: RecordFields {
  let value: JSONValue
  /// For each name, the members that lead to it.
  let paths: [[String]]

  func text(_ number: Int) -> String? {
    var value = value
    for name in paths[number] {
      guard let next = value[name] else { return nil }
      value = next
    }
    return switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number, .bool: value.text()
    case .null, .array, .object: nil
    }
  }
}

/// Which columns of a header hold the names that are asked for.
struct RecordHeader {
  /// For each name, the place of its column.
  let columns: [Int]
  let count: Int
  /// Names that differ from their columns' in case or blanks alone.
  let guessed: [(name: String, column: String)]

  /// - Throws: `UnreadableInput` that names the column that there isn't, and shows what stands there.
  init(_ names: [String], in fields: [ArraySlice<UInt8>], of path: String, line: Int) throws {
    let header = fields.map { String(decoding: $0, as: UTF8.self) }
    var guessed: [(String, String)] = []
    columns = try names.map { name in
      if let index = header.firstIndex(of: name) { return index }
      let alike = header.indices.filter { Self.plain(header[$0]) == Self.plain(name) }
      guard alike.count == 1 else {
        throw UnreadableInput(
          "\(path):\(line): there is no column \(OutsideText.shown(name).debugDescription); the line "
            + "is \(OutsideText.shown(header.joined(separator: ", ")).debugDescription); if the header "
            + "comes later, say so by \"skip_lines\" or \"comment\"")
      }
      guessed.append((name, header[alike[0]]))
      return alike[0]
    }
    count = fields.count
    self.guessed = guessed
  }

  /// Columns by their numbers, from 1.
  ///
  /// - Throws: `UnreadableInput` if there is no such column.
  init(numbers names: [String], in fields: [ArraySlice<UInt8>], of path: String, line: Int) throws {
    columns = try names.map { name in
      guard let number = Int(name), (1...max(1, fields.count)).contains(number) else {
        throw UnreadableInput(
          "\(path):\(line): there is no column \(OutsideText.shown(name).debugDescription): without a "
            + "header columns are 1 to \(fields.count)")
      }
      return number - 1
    }
    count = fields.count
    guessed = []
  }

  private static func plain(_ name: String) -> String {
    String(name.lowercased().filter { !$0.isWhitespace })
  }
}
