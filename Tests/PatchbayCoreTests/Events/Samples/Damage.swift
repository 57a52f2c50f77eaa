import PatchbayCore

extension [UInt8] {
  /// The bytes that mean something to a reader of JSON.
  private static let likely =
    Array(#"{}[],:"\/u0123456789dDcCeE+-.tfn "#.utf8) + [0, 9, 0x0A, 0x0D, 0x7F, 0x80, 0xC3, 0xFF]

  /// Puts a byte in, takes some out, says some twice, or cuts the end off.
  mutating func damage(using random: inout KeyedRandom) {
    let place = Int(random.next() % UInt64(count + 1))
    let byte = Self.likely[Int(random.next() % UInt64(Self.likely.count))]
    let next = Swift.min(count, place + 9)
    switch random.next() % 6 {
    case 0: insert(byte, at: place)
    case 1: removeLast((count - place) / 4)
    case 2: if place < count { remove(at: place) }
    case 3: insert(contentsOf: self[place..<next], at: place)
    case 4: removeSubrange(place..<next)
    default: if place < count { self[place] = byte }
    }
  }
}
