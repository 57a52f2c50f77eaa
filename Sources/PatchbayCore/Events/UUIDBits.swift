import PatchbayJSON

/// A UUID as 128 bits (RFC 9562), read and written without Foundation.
public struct UUIDBits: Sendable, Hashable, BitwiseCopyable {
  /// The first eight bytes, most significant first.
  public var high: UInt64
  /// The last eight bytes.
  public var low: UInt64

  /// Makes a UUID from its two halves as they are.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the 36 characters of a UUID in lower-case hexadecimal; nil for anything else.
  public init?(lowercase bytes: some Collection<UInt8>) {
    // Over a buffer, since a generic loop isn't specialised for other modules: 10 times slower.
    let read = bytes.withContiguousStorageIfAvailable { Self.parse($0) }
    guard let bits = read ?? Array(bytes).withUnsafeBufferPointer({ Self.parse($0) })
    else { return nil }
    self = bits
  }

  /// Reads the 36 characters of a UUID in lower-case hexadecimal; nil for anything else.
  @inline(__always)
  init?(lowercase text: UnsafeBufferPointer<UInt8>) {
    guard let bits = Self.parse(text) else { return nil }
    self = bits
  }

  @inline(__always)
  private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> UUIDBits? {
    guard text.count == 36, let base = text.baseAddress, base[8] == UInt8(ascii: "-"),
      base[13] == UInt8(ascii: "-"), base[18] == UInt8(ascii: "-"), base[23] == UInt8(ascii: "-")
    else { return nil }
    let raw = UnsafeRawPointer(base)
    func word(_ offset: Int) -> UInt64 {
      (raw + offset).loadUnaligned(as: UInt64.self).littleEndian
    }
    func words(_ one: Int, _ other: Int) -> UInt64 {
      UInt64((raw + one).loadUnaligned(as: UInt32.self).littleEndian)
        | UInt64((raw + other).loadUnaligned(as: UInt32.self).littleEndian) << 32
    }
    guard let first = ByteWord.hexadecimal(word(0)),
      let second = ByteWord.hexadecimal(words(9, 14)),
      let third = ByteWord.hexadecimal(words(19, 24)),
      let fourth = ByteWord.hexadecimal(word(28))
    else { return nil }
    return UUIDBits(high: first << 32 | second, low: third << 32 | fourth)
  }

  /// Makes a UUID of version 8 (RFC 9562 §5.8), whose other 122 bits are the caller's.
  public static func version8(high: UInt64, low: UInt64) -> UUIDBits {
    versioned(8, high, low)
  }

  /// Makes a UUID of version 7 (RFC 9562 §5.7) from a time and a generator of random bits.
  public static func version7(
    at time: Timestamp, using generator: inout some RandomNumberGenerator
  ) -> UUIDBits {
    let milliseconds = UInt64(max(0, time.nanoseconds / 1_000_000))
    let high = milliseconds << 16 | generator.next() & 0xFFFF
    return versioned(7, high, generator.next())
  }

  /// Makes a UUID of version 4 (RFC 9562 §5.4) from a generator of random bits.
  public static func version4(using generator: inout some RandomNumberGenerator) -> UUIDBits {
    versioned(4, generator.next(), generator.next())
  }

  /// Makes a UUID of version 4's form of 128 bits that look random, of which it keeps 122.
  package static func version4(bits high: UInt64, _ low: UInt64) -> UUIDBits {
    versioned(4, high, low)
  }

  private static func versioned(_ version: UInt64, _ high: UInt64, _ low: UInt64) -> UUIDBits {
    UUIDBits(
      high: high & ~0xF000 | version << 12, low: low & 0x3FFF_FFFF_FFFF_FFFF | 1 << 63)
  }

  /// Appends the 36 lower-case characters.
  public func append(to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: RawText.uuidLength) { memory in
      guard let base = memory.baseAddress else { return }
      var text = RawText(base)
      text.put(self)
      bytes.append(contentsOf: text.written)
    }
  }
}

extension UUIDBits: CustomStringConvertible {
  /// The 36 lower-case characters.
  public var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
