/// Eight bytes of a text at once, the first one lowest.
enum ByteWord {
  /// The lowest bit of each byte.
  static var lowBits: UInt64 { 0x0101_0101_0101_0101 }
  /// The highest bit of each byte.
  static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// The highest bit of the bytes from `first` to `last`, in a word of ASCII alone.
  @inline(__always)
  static func bytes(of word: UInt64, from first: UInt8, to last: UInt8) -> UInt64 {
    let atLeast = (word | highBits) &- lowBits &* UInt64(first)
    let above = (word | highBits) &- lowBits &* (UInt64(last) + 1)
    return atLeast & ~above & highBits
  }

  /// The value of eight hexadecimal digits in lower case; nil for anything else.
  @inline(__always)
  static func hexadecimal(_ word: UInt64) -> UInt64? {
    let letters = bytes(of: word, from: UInt8(ascii: "a"), to: UInt8(ascii: "f"))
    let digits = bytes(of: word, from: UInt8(ascii: "0"), to: UInt8(ascii: "9"))
    guard word & highBits == 0, letters | digits == highBits else { return nil }
    var value = ((word & (lowBits &* 0x0F)) &+ (letters >> 7) &* 9).byteSwapped
    value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
    value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
    return (value | value >> 16) & 0xFFFF_FFFF
  }

  /// The eight hexadecimal digits of a value, in lower case.
  @inline(__always)
  static func hexadecimalDigits(of value: UInt32) -> UInt64 {
    var word = UInt64(value)
    word = (word | word << 16) & 0x0000_FFFF_0000_FFFF
    word = (word | word << 8) & 0x00FF_00FF_00FF_00FF
    word = (word | word << 4) & (lowBits &* 0x0F)
    let letters = (word &+ lowBits &* 6) >> 4 & lowBits
    return (word &+ lowBits &* 0x30 &+ letters &* 0x27).byteSwapped
  }
}
