import PatchbayJSON

/// Tells of most canonical JSON objects (RFC 8785) that they are, without making values of them.
///
/// What it doesn't know, such as names beyond ASCII and fractions, it leaves to `JSONValue.canonical()`.
package struct CanonicalScan: Sendable {
  /// How deep objects may nest.
  private static let depth = 32
  /// A whole number of so many digits is exact in any reader.
  private static let digits = 15

  /// Whether the last text had bytes beyond ASCII; whether they are UTF-8 wasn't looked at.
  package private(set) var hasOthers = false

  /// Makes one.
  package init() {}

  /// Whether a text is surely an object in canonical form.
  package mutating func isCanonical(_ text: UnsafeRawBufferPointer) -> Bool {
    isCanonical(text) { _, _ in }
  }

  /// Whether a text is surely an object in canonical form.
  ///
  /// - Parameter member: is told where names and values of the outermost object stand, without quotes
  ///   around names.
  @inline(__always)
  mutating func isCanonical(
    _ text: UnsafeRawBufferPointer, member: (Range<Int>, Range<Int>) -> Void
  ) -> Bool {
    hasOthers = false
    guard let base = text.bindMemory(to: UInt8.self).baseAddress else { return false }
    var scan = Position(base: base, end: text.count)
    let isCanonical = scan.object(depth: 0, member) && scan.offset == scan.end
    hasOthers = scan.hasOthers
    return isCanonical
  }

  private struct Position {
    let base: UnsafePointer<UInt8>
    let end: Int
    var offset = 0
    var hasOthers = false

    init(base: UnsafePointer<UInt8>, end: Int) {
      self.base = base
      self.end = end
    }

    private var byte: UInt8 { offset < end ? base[offset] : 0 }

    private mutating func take(_ wanted: UInt8) -> Bool {
      guard byte == wanted else { return false }
      offset += 1
      return true
    }

    mutating func object(depth: Int, _ member: (Range<Int>, Range<Int>) -> Void) -> Bool {
      guard depth < CanonicalScan.depth, take(UInt8(ascii: "{")) else { return false }
      if take(UInt8(ascii: "}")) { return true }
      var last = 0..<0
      while true {
        guard let name = name() else { return false }
        if !last.isEmpty, !isBefore(last, name) { return false }
        last = name
        guard take(UInt8(ascii: ":")) else { return false }
        let start = offset
        guard value(depth: depth + 1) else { return false }
        member(name, start..<offset)
        if take(UInt8(ascii: ",")) { continue }
        return take(UInt8(ascii: "}"))
      }
    }

    /// A name of plain ASCII, which sorts by its bytes; an empty one is left to others.
    private mutating func name() -> Range<Int>? {
      guard take(UInt8(ascii: "\"")) else { return nil }
      let start = offset
      offset = PlainText.end(in: base, from: offset, to: end, isASCII: true)
      let range = start..<offset
      return take(UInt8(ascii: "\"")) && !range.isEmpty ? range : nil
    }

    private func isBefore(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
      var index = 0
      while index < one.count, index < other.count {
        let (left, right) = (base[one.lowerBound + index], base[other.lowerBound + index])
        if left != right { return left < right }
        index += 1
      }
      return one.count < other.count
    }

    private mutating func value(depth: Int) -> Bool {
      switch byte {
      case UInt8(ascii: "\""): string()
      case UInt8(ascii: "{"): object(depth: depth) { _, _ in }
      case UInt8(ascii: "["): array(depth: depth)
      case UInt8(ascii: "t"): word("true")
      case UInt8(ascii: "f"): word("false")
      case UInt8(ascii: "n"): word("null")
      default: number()
      }
    }

    private mutating func array(depth: Int) -> Bool {
      guard depth < CanonicalScan.depth, take(UInt8(ascii: "[")) else { return false }
      if take(UInt8(ascii: "]")) { return true }
      while true {
        guard value(depth: depth + 1) else { return false }
        if take(UInt8(ascii: ",")) { continue }
        return take(UInt8(ascii: "]"))
      }
    }

    private mutating func word(_ word: StaticString) -> Bool {
      let count = word.utf8CodeUnitCount
      guard end - offset >= count else { return false }
      for index in 0..<count where base[offset + index] != word.utf8Start[index] { return false }
      offset += count
      return true
    }

    /// A whole number; minus zero, fractions and powers are left to others.
    private mutating func number() -> Bool {
      let isNegative = take(UInt8(ascii: "-"))
      let start = offset
      while UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { offset += 1 }
      let count = offset - start
      guard (1...CanonicalScan.digits).contains(count) else { return false }
      if base[start] == UInt8(ascii: "0"), count > 1 || isNegative { return false }
      return byte != UInt8(ascii: ".") && byte | 0x20 != UInt8(ascii: "e")
    }

    private mutating func string() -> Bool {
      guard take(UInt8(ascii: "\"")) else { return false }
      while offset < end {
        let start = offset
        offset = PlainText.end(in: base, from: offset, to: end, isASCII: true)
        if offset == end { return false }
        switch base[offset] {
        case UInt8(ascii: "\""):
          offset += 1
          return true
        case UInt8(ascii: "\\"): if !escape() { return false }
        case 0x80...:
          hasOthers = true
          offset = PlainText.end(in: base, from: offset, to: end, isASCII: false)
        default: return false
        }
        if offset == start { return false }
      }
      return false
    }

    /// An escape that the canonical form has.
    private mutating func escape() -> Bool {
      guard offset + 1 < end else { return false }
      switch base[offset + 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"),
        UInt8(ascii: "n"), UInt8(ascii: "f"), UInt8(ascii: "r"):
        offset += 2
        return true
      case UInt8(ascii: "u"):
        guard offset + 5 < end, base[offset + 2] == UInt8(ascii: "0"),
          base[offset + 3] == UInt8(ascii: "0"),
          base[offset + 4] == UInt8(ascii: "0")
            || base[offset + 4] == UInt8(ascii: "1")
        else { return false }
        let low = base[offset + 5]
        let isLetter = UInt8(ascii: "a")...UInt8(ascii: "f") ~= low
        guard isLetter || UInt8(ascii: "0")...UInt8(ascii: "9") ~= low else { return false }
        if base[offset + 4] == UInt8(ascii: "0") {
          // These have short escapes.
          let hasShort =
            [UInt8(ascii: "8"), UInt8(ascii: "9")].contains(low)
            || [UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "d")].contains(low)
          if hasShort { return false }
        }
        offset += 6
        return true
      default: return false
      }
    }
  }
}
