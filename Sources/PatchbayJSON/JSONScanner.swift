/// Reads JSON tokens from a range of bytes without building a tree.
///
/// The document parser stands on it, and so does every reader that picks members out of a record.
/// Whoever drives it checks structure and nesting; `skipValue` does both for a whole value.
public struct JSONScanner: Sendable {
  /// Something that isn't JSON, by byte offset: positions are worked out only when needed.
  public struct Failure: Error, Sendable, Equatable {
    /// The offset in `bytes` where the scanner stopped.
    public let offset: Int
    /// What is wrong, in one sentence without a full stop.
    public let message: String

    package init(at offset: Int, _ message: String) {
      self.offset = offset
      self.message = message
    }
  }

  /// A number as it was written: whole if it has neither fraction nor exponent and fits.
  public enum Number: Sendable, Equatable {
    /// A whole number that fits in 64 bits.
    case integer(Int)
    /// Any other number, finite.
    case number(Double)
  }

  /// The bytes that are read.
  public let bytes: [UInt8]
  /// The next byte's offset.
  public package(set) var offset: Int
  /// The offset after the last byte that may be read.
  public let end: Int

  /// Makes a scanner over all of `bytes`, or over a range of them.
  public init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
    let range = range?.clamped(to: bytes.indices) ?? bytes.indices
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  /// The next byte, or nil at the end.
  @inline(__always)
  public var peek: UInt8? { offset < end ? bytes[offset] : nil }

  /// Steps over one byte; at the end it does nothing.
  @inline(__always)
  public mutating func advance() {
    if offset < end { offset += 1 }
  }

  /// Steps over blanks, tabs and line ends.
  @inline(__always)
  public mutating func skipWhitespace() {
    while offset < end {
      switch bytes[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  /// Steps over `literal` if it stands here, and says whether it did.
  @inline(__always)
  public mutating func skip(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard end - offset >= count else { return false }
    let matches = literal.withUTF8Buffer { expected in
      for index in 0..<count where bytes[offset + index] != expected[index] { return false }
      return true
    }
    if matches { offset += count }
    return matches
  }

  /// Like `skip(_:)` for text that is known only at run time.
  mutating func skip(_ literal: String) -> Bool {
    let expected = Array(literal.utf8)
    guard bytes[offset..<end].starts(with: expected) else { return false }
    offset += expected.count
    return true
  }

  /// The kind of value that starts here, with its article, for a message; else what stands here.
  public var kindHere: String {
    switch peek ?? 0 {
    case UInt8(ascii: "{"): "an object"
    case UInt8(ascii: "["): "an array"
    case UInt8(ascii: "\""): "a string"
    case UInt8(ascii: "n"): "null"
    case UInt8(ascii: "t"), UInt8(ascii: "f"): "a Boolean"
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): "a number"
    default: foundHere
    }
  }

  /// What stands here, for a message: a character in quotes, or the end of the text.
  public var foundHere: String {
    guard let byte = peek else { return "the end of the text" }
    if byte < 0x20 || byte == 0x7F {
      return "the control character U+00" + String(byte, radix: 16, uppercase: true).padded(to: 2)
    }
    let tail = bytes[offset..<min(end, offset + 4)]
    let scalar = String(decoding: tail, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    return scalar == "\"" ? "'\"'" : "\"\(scalar)\""
  }
}

extension JSONScanner {
  /// What to add to a message where a comment seems to start.
  var commentHint: String {
    peek == UInt8(ascii: "/") || peek == UInt8(ascii: "#") ? "; JSON has no comments" : ""
  }
}

extension String {
  /// Zeros in front, up to `width` characters.
  func padded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
