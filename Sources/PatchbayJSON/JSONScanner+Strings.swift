extension JSONScanner {
  /// Where a string's bytes lie between its quotes, and whether they hold an escape.
  public struct StringRange: Sendable, Equatable {
    /// The offsets between the quotes.
    public let range: Range<Int>
    /// Whether a backslash occurs, so that the bytes are not the text.
    public let hasEscapes: Bool
  }

  /// Reads a string and unescapes it.
  ///
  /// The next byte must be its opening quote.
  ///
  /// - Throws: `Failure` for a missing end, a control character, a bad escape, a lone surrogate or
  ///   bytes that are not UTF-8.
  public mutating func string() throws(Failure) -> String {
    let found = try stringRange()
    if !found.hasEscapes { return try validText(found.range) }
    return try validText(unescaped(found.range), at: found.range.lowerBound)
  }

  /// Finds the end of a string and steps over it; neither escapes nor UTF-8 are checked.
  public mutating func stringRange() throws(Failure) -> StringRange {
    let start = offset
    advance()
    var hasEscapes = false
    while offset < end {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        let range = start + 1..<offset
        offset += 1
        return StringRange(range: range, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        offset += 2
      case 0x0A, 0x0D:
        throw Failure(at: start, "this string has no closing quote on its line")
      case 0..<0x20:
        throw Failure(at: offset, "\(foundHere) must be escaped in a string")
      default:
        offset += 1
      }
    }
    offset = min(offset, end)
    throw Failure(at: start, "this string has no closing quote")
  }

  private func validText(_ range: Range<Int>) throws(Failure) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw Failure(at: range.lowerBound, "this string is not valid UTF-8")
    }
    return text
  }

  private func validText(_ unescaped: [UInt8], at offset: Int) throws(Failure) -> String {
    guard let text = String(validating: unescaped, as: UTF8.self) else {
      throw Failure(at: offset, "this string is not valid UTF-8")
    }
    return text
  }

  /// The bytes of a string with its escapes resolved.
  ///
  /// - Throws: `Failure` at an unknown escape or a surrogate without its partner.
  public func unescaped(_ range: Range<Int>) throws(Failure) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        text.append(bytes[index])
        index += 1
        continue
      }
      guard index + 1 < range.upperBound else {
        throw Failure(at: index, "this escape is cut off")
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
        text.append(bytes[index + 1])
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        let (scalar, length) = try escapedScalar(at: index, before: range.upperBound)
        text.append(contentsOf: String(scalar).utf8)
        index += length
        continue
      default:
        throw Failure(at: index, "unknown escape; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
      }
      index += 2
    }
    return text
  }

  /// The scalar of a `\u` escape, two of them for a surrogate pair, and how many bytes it took.
  private func escapedScalar(
    at index: Int, before limit: Int
  ) throws(Failure) -> (Unicode.Scalar, Int) {
    let high = try codeUnit(at: index, before: limit)
    if let scalar = Unicode.Scalar(high) { return (scalar, 6) }
    guard high < 0xDC00, index + 7 < limit, bytes[index + 6] == UInt8(ascii: "\\"),
      bytes[index + 7] == UInt8(ascii: "u")
    else { throw Failure(at: index, "this surrogate has no partner") }
    let low = try codeUnit(at: index + 6, before: limit)
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw Failure(at: index, "this surrogate has no partner") }
    return (scalar, 12)
  }

  private func codeUnit(at index: Int, before limit: Int) throws(Failure) -> UInt16 {
    guard index + 6 <= limit else { throw Failure(at: index, "this escape is cut off") }
    var unit: UInt16 = 0
    for digit in bytes[index + 2..<index + 6] {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else {
        throw Failure(at: index, "\\u takes four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(value)
    }
    return unit
  }
}
