import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes text into memory that its maker has made large enough.
///
/// Over a pointer: an array's own checks for every piece took three times as long as the copying.
struct RawText {
  /// How many bytes an RFC 3339 time and a UUID take at the most.
  static let longestTimestamp = 30
  static let uuidLength = 36

  private let start: UnsafeMutablePointer<UInt8>
  private var next: UnsafeMutablePointer<UInt8>

  init(_ start: UnsafeMutablePointer<UInt8>) {
    self.start = start
    next = start
  }

  /// What was written.
  var written: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: next - start)
  }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    next.pointee = byte
    next += 1
  }

  @inline(__always)
  mutating func put(_ text: StaticString) {
    memcpy(next, text.utf8Start, text.utf8CodeUnitCount)
    next += text.utf8CodeUnitCount
  }

  @inline(__always)
  mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return }
    memcpy(next, base, text.count)
    next += text.count
  }

  /// Ends an object whose members have a comma behind them, with those of another one, if it has any.
  @inline(__always)
  mutating func finish(with object: UnsafeBufferPointer<UInt8>) {
    if object.isEmpty {
      if next[-1] == UInt8(ascii: ",") { next -= 1 }
      put(UInt8(ascii: "}"))
    } else {
      put(UnsafeBufferPointer(rebasing: object.dropFirst()))
    }
  }

  /// Writes the inside of a JSON string; each byte may take six.
  @inline(__always)
  mutating func put(escaping text: UnsafeBufferPointer<UInt8>) {
    next = JSONWriter.write(escaping: text, to: next)
  }

  /// Writes a UUID's 36 characters.
  @inline(__always)
  mutating func put(_ uuid: UUIDBits) {
    let raw = UnsafeMutableRawPointer(next)
    let first = ByteWord.hexadecimalDigits(of: UInt32(truncatingIfNeeded: uuid.high >> 32))
    let second = ByteWord.hexadecimalDigits(of: UInt32(truncatingIfNeeded: uuid.high))
    let third = ByteWord.hexadecimalDigits(of: UInt32(truncatingIfNeeded: uuid.low >> 32))
    let fourth = ByteWord.hexadecimalDigits(of: UInt32(truncatingIfNeeded: uuid.low))
    func store(_ word: UInt64, at offset: Int) {
      raw.storeBytes(of: word.littleEndian, toByteOffset: offset, as: UInt64.self)
    }
    func store(half word: UInt64, at offset: Int) {
      raw.storeBytes(
        of: UInt32(truncatingIfNeeded: word).littleEndian, toByteOffset: offset, as: UInt32.self)
    }
    store(first, at: 0)
    store(half: second, at: 9)
    store(half: second >> 32, at: 14)
    store(half: third, at: 19)
    store(half: third >> 32, at: 24)
    store(fourth, at: 28)
    for dash in 0..<4 { next[8 + 5 * dash] = UInt8(ascii: "-") }
    next += Self.uuidLength
  }

  /// Writes a number with leading zeros.
  @inline(__always)
  mutating func put(_ number: Int, digits: Int) {
    var rest = UInt(bitPattern: number)
    var index = digits - 1
    while index >= 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      next[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
      index -= 1
    }
    next += digits
  }
}
