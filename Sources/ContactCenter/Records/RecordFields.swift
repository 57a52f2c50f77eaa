import EventMapping
import PatchbayCore
import PatchbayJSON

/// A record's values, by the number of a name.
protocol RecordFields {
  /// The value of a name, as UTF-8; nil if the record has none.
  func bytes(_ number: Int) -> ArraySlice<UInt8>?

  /// All values of a name, where there may be more than one.
  func all(_ number: Int) -> [ArraySlice<UInt8>]
}

extension RecordFields {
  /// All values of a name, where there may be more than one.
  func all(_ number: Int) -> [ArraySlice<UInt8>] { bytes(number).map { [$0] } ?? [] }

  /// The value of a name; nil if the record has none.
  func text(_ number: Int) -> String? { bytes(number).map { String(decoding: $0, as: UTF8.self) } }
}

/// A row's values.
struct RowFields: RecordFields {
  let fields: RowCells
  /// For each name, the place of its column.
  let columns: [Int]

  func bytes(_ number: Int) -> ArraySlice<UInt8>? {
    let column = columns[number]
    return column < fields.count ? fields[column] : nil
  }
}

/// A JSON object's values, and those of what it is part of.
struct ObjectFields: RecordFields {
  /// The object, then those around it.
  let scopes: [JSONValue]
  /// For each name, where it leads; nil if it is no path.
  let paths: [ValuePath?]

  func bytes(_ number: Int) -> ArraySlice<UInt8>? {
    guard let path = paths[number],
      let scope = scopes.first(where: { path.begins(in: $0) })
    else { return nil }
    let text = path.values(in: scope).lazy.compactMap(ValuePath.text).first
    return text.map { Array($0.utf8)[...] }
  }

  func all(_ number: Int) -> [ArraySlice<UInt8>] {
    guard let path = paths[number],
      let scope = scopes.first(where: { path.begins(in: $0) })
    else { return [] }
    return path.values(in: scope).compactMap { ValuePath.text($0).map { Array($0.utf8)[...] } }
  }
}

/// The records that a JSON value holds.
struct RecordExpansion: Sendable {
  private let each: [ValuePath]

  /// - Parameter each: the paths to the records, each from the one before; none if the value is one itself.
  init(_ each: [ValuePath]) {
    self.each = each
  }

  /// The records, each with what it is part of behind it.
  func records(in value: JSONValue) -> [[JSONValue]] {
    each.reduce([[value]]) { records, path in
      records.flatMap { scopes in path.values(in: scopes[0]).map { [$0] + scopes } }
    }
  }
}

/// Which columns of a header hold the names that are asked for.
struct RecordHeader: Sendable {
  /// For each name, the place of its column.
  let columns: [Int]
  let count: Int
  /// Names that differ from their columns' in case or blanks alone.
  let guessed: [(name: String, column: String)]

  /// - Throws: `UnreadableInput` that names the column that there isn't, and shows what stands there.
  ///
  /// - Parameter advice: what to do if the header isn't where it was looked for.
  init(
    _ names: [String], in fields: RowCells, of path: String, line: Int, advice: String
  ) throws(UnreadableInput) {
    let header = fields.map { String(decoding: $0, as: UTF8.self) }
    var guessed: [(String, String)] = []
    columns = try names.map { name throws(UnreadableInput) in
      if let index = header.firstIndex(of: name) {
        if header.lastIndex(of: name) != index {
          throw UnreadableInput(
            "\(path):\(line): the column \(OutsideText.shown(name).debugDescription) is there twice; set "
              + "\"header\" to false and name columns by their numbers")
        }
        return index
      }
      let alike = header.indices.filter { Self.plain(header[$0]) == Self.plain(name) }
      guard alike.count == 1 else {
        let isText = header.allSatisfy { !$0.contains("\u{FFFD}") }
        let nearest = NearestName.of(name, among: header)
        let advice =
          isText
          ? nearest.map { "; did you mean \(OutsideText.shown($0).debugDescription)?" } ?? advice
          : "; it isn't valid UTF-8: set \"encoding\""
        throw UnreadableInput(
          "\(path):\(line): there is no column \(OutsideText.shown(name).debugDescription); the line "
            + "is \(OutsideText.shown(header.joined(separator: ", ")).debugDescription)\(advice)")
      }
      guessed.append((name, header[alike[0]]))
      return alike[0]
    }
    count = fields.count
    self.guessed = guessed
  }

  /// Columns by their numbers, from 1; a row may have fewer.
  ///
  /// - Throws: `UnreadableInput` if a name is no number.
  init(numbers names: [String], of path: String, line: Int) throws(UnreadableInput) {
    columns = try names.map { name throws(UnreadableInput) in
      guard let number = Int(name), (1...100_000).contains(number) else {
        throw UnreadableInput(
          "\(path):\(line): there is no column \(OutsideText.shown(name).debugDescription): without a "
            + "header columns are 1, 2 and so on")
      }
      return number - 1
    }
    count = 0
    guessed = []
  }

  private static func plain(_ name: String) -> String {
    String(name.lowercased().filter { !$0.isWhitespace })
  }
}
