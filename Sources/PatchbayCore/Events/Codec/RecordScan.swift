import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Steps over the tokens of a record that has the usual shape, and gives up at anything else.
///
/// What it steps over is JSON: whoever gives up with it lets `EventCodec` read the record in whole, which
/// knows every shape and says what is wrong. Unusual are line ends between tokens, surrogates in escapes,
/// exponents, nesting of more than a few levels, and whatever isn't JSON.
///
/// Over a pointer, eight bytes at a time: with bounds checked byte by byte, reading took four times as
/// long. It never reads past `end`.
struct RecordScan {
  /// A string, as it stands between its quotes.
  struct Text {
    let start: Int
    let count: Int
    /// Whether its bytes are its text: no escape stands in it.
    let isPlain: Bool
  }

  private static let deepest = 8
  /// So many digits are in range whatever they are.
  private static let mostDigits = 300

  let base: UnsafePointer<UInt8>
  private let end: Int
  private(set) var offset = 0

  /// - Parameter text: at least one byte.
  init(_ base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    end = count
  }

  @inline(__always)
  var isAtEnd: Bool { offset == end }

  @inline(__always)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard offset < end, base[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// Steps over a text, or the end of one, if it stands here.
  @inline(__always)
  mutating func skip(_ text: StaticString, from start: Int) -> Bool {
    let count = text.utf8CodeUnitCount - start
    guard end - offset >= count, memcmp(base + offset, text.utf8Start + start, count) == 0
    else { return false }
    offset += count
    return true
  }

  @inline(__always)
  mutating func skipBlanks() {
    while offset < end, base[offset] == 0x20 || base[offset] == 0x09 { offset += 1 }
  }

  /// Steps over a string, checked in whole; nil to give up.
  @inline(__always)
  mutating func string() -> Text? {
    guard skip(UInt8(ascii: "\"")) else { return nil }
    let start = offset
    var isPlain = true
    var isASCII = true
    while true {
      offset = PlainText.end(in: base, from: offset, to: end, isASCII: true)
      guard offset < end else { return nil }
      let byte = base[offset]
      if byte == UInt8(ascii: "\"") {
        let count = offset - start
        offset += 1
        if !isASCII, !isUTF8(start, count) { return nil }
        return Text(start: start, count: count, isPlain: isPlain)
      }
      if byte == UInt8(ascii: "\\") {
        isPlain = false
        guard skipEscape() else { return nil }
      } else if byte >= 0x80 {
        isASCII = false
        offset += 1
      } else {
        return nil
      }
    }
  }

  /// Steps over a value of any kind; false to give up.
  mutating func value(level: Int = 0) -> Bool {
    guard offset < end else { return false }
    switch base[offset] {
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: "t"): return skip("true", from: 0)
    case UInt8(ascii: "f"): return skip("false", from: 0)
    case UInt8(ascii: "n"): return skip("null", from: 0)
    case UInt8(ascii: "{"): return items(UInt8(ascii: "}"), areNamed: true, level)
    case UInt8(ascii: "["): return items(UInt8(ascii: "]"), areNamed: false, level)
    default: return false
    }
  }

  private mutating func items(_ closing: UInt8, areNamed: Bool, _ level: Int) -> Bool {
    guard level < Self.deepest else { return false }
    offset += 1
    skipBlanks()
    if skip(closing) { return true }
    while true {
      if areNamed {
        guard string() != nil else { return false }
        skipBlanks()
        guard skip(UInt8(ascii: ":")) else { return false }
        skipBlanks()
      }
      guard value(level: level + 1) else { return false }
      skipBlanks()
      if skip(closing) { return true }
      guard skip(UInt8(ascii: ",")) else { return false }
      skipBlanks()
    }
  }

  private mutating func number() -> Bool {
    let start = offset
    _ = skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) {
      guard skipDigits() else { return false }
    }
    if skip(UInt8(ascii: ".")) {
      guard skipDigits() else { return false }
    }
    // What can't stand behind a number, such as an exponent, is found by whoever goes on.
    return offset - start <= Self.mostDigits
  }

  private mutating func skipDigits() -> Bool {
    let start = offset
    while offset < end, base[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
    return offset > start
  }

  /// Steps over an escape that stands for one scalar.
  private mutating func skipEscape() -> Bool {
    guard offset + 1 < end else { return false }
    switch base[offset + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      offset += 2
      return true
    case UInt8(ascii: "u"):
      guard offset + 6 <= end else { return false }
      var unit: UInt32 = 0
      for index in 2..<6 {
        guard let digit = Self.hexadecimal(base[offset + index]) else { return false }
        unit = unit << 4 | UInt32(digit)
      }
      guard !(0xD800...0xDFFF).contains(unit) else { return false }
      offset += 6
      return true
    default: return false
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private func isUTF8(_ start: Int, _ count: Int) -> Bool {
    let span = Span<UInt8>(_unsafeStart: base + start, count: count)
    return (try? UTF8Span(validating: span)) != nil
  }
}
