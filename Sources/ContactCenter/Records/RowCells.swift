/// The fields of a row, in UTF-8 and without their quotes: places in the text from which they were cut.
///
/// Texts of their own would cost an allocation and several counted references a row.
struct RowCells: RandomAccessCollection, Sendable {
  private let text: [UInt8]
  private let places: [Range<Int>]
  /// Fields that stand otherwise in the text, since there are quotes in them; by their place.
  private let rewritten: [Int: [UInt8]]

  init(of text: [UInt8] = [], at places: [Range<Int>] = [], rewritten: [Int: [UInt8]] = [:]) {
    self.text = text
    self.places = places
    self.rewritten = rewritten
  }

  var startIndex: Int { 0 }
  var endIndex: Int { places.count }

  subscript(index: Int) -> ArraySlice<UInt8> {
    if !rewritten.isEmpty, let field = rewritten[index] { return field[...] }
    return text[places[index]]
  }

  /// The first field that isn't valid UTF-8.
  var firstThatIsNoText: Int? {
    guard let first = places.first, let last = places.last else { return nil }
    // Nearly always, there is nothing to be looked at twice.
    let isPlain = text[first.lowerBound..<last.upperBound].allSatisfy { $0 < 0x80 }
    if isPlain { return nil }
    return firstIndex { String(validating: $0, as: UTF8.self) == nil }
  }
}
