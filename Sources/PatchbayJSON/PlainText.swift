/// Finds what isn't plain in the text of a JSON string, eight bytes at a time.
package enum PlainText {
  private static let low: UInt64 = 0x0101_0101_0101_0101
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// Where the first byte stands that isn't plain: a quote, a backslash, a control character, or one beyond
  /// ASCII if those don't count as plain.
  ///
  /// - Returns: `end` if all of it is plain.
  package static func end(
    in base: UnsafePointer<UInt8>, from start: Int, to end: Int, isASCII: Bool
  ) -> Int {
    let others = isASCII ? high : 0
    var offset = start
    while offset + 8 <= end {
      let word = UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self).littleEndian
      let found = special(word) | word & others
      if found != 0 { return offset + found.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < end {
      let byte = base[offset]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      if isASCII, byte >= 0x80 { break }
      offset += 1
    }
    return offset
  }

  /// The highest bit of quotes, backslashes and control characters.
  ///
  /// The lowest bit that is set is right; those above it needn't be.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let quotes = word ^ low &* 0x22
    let backslashes = word ^ low &* 0x5C
    return
      ((quotes &- low) & ~quotes | (backslashes &- low) & ~backslashes
      | (word &- low &* 0x20) & ~word) & high
  }
}
