/// A generator of random numbers that is a pure function of what it is for.
///
/// Every draw in a run comes from one made by (seed, purpose, keys): the event, the attempt. So no
/// draw depends on the order in which things happen to arrive. SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014) over an FNV-1a hash of the key;
/// not for secrets.
public struct KeyedRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Makes the generator for a purpose and its keys.
  public init(seed: UInt64, purpose: StaticString, _ keys: UInt64...) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    purpose.withUTF8Buffer { for byte in $0 { Self.mix(UInt64(byte), into: &hash) } }
    for key in keys { Self.mix(key, into: &hash) }
    Self.mix(seed, into: &hash)
    state = hash
  }

  /// A 64-bit key for a text such as an event's id.
  public static func key(_ text: some Sequence<UInt8>) -> UInt64 {
    // Over a buffer, since a generic loop isn't specialised for other modules.
    text.withContiguousStorageIfAvailable { key($0) }
      ?? Array(text).withUnsafeBufferPointer { key($0) }
  }

  private static func key(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text {
      hash ^= UInt64(byte)
      hash = hash &* 0x100_0000_01B3
    }
    return scramble(hash)
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    return Self.scramble(state)
  }

  /// The next number from 0 up to but not including 1.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  private static func mix(_ key: UInt64, into hash: inout UInt64) {
    hash = scramble(hash ^ key &* 0x9E37_79B9_7F4A_7C15)
  }

  private static func scramble(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
