/// Finds the numbers from 0 up, such as places in an array, by the hashes of what stands there.
///
/// Open addressing with linear probing, half full at the most: a search touches one line of the cache,
/// and memory is four bytes for each slot. A slot holds a part of the hash beside the number, so that
/// whoever owns the table is asked whether something is equal only where it nearly always is. The hashes
/// must be keyed where outsiders choose what is hashed: the table itself is no defence.
struct IndexTable: Sendable {
  private static let fewestBits = 4

  /// A number and one more, 0 for none, with bits of the hash above.
  private var slots: [UInt32]
  /// How many bits of a slot are the number's.
  private var bits: Int
  private(set) var count = 0

  /// Makes an empty table.
  init() {
    bits = Self.fewestBits
    slots = Array(repeating: 0, count: 1 << Self.fewestBits)
  }

  private var mask: Int { slots.count - 1 }

  /// The number under a hash of which a closure says that it is the one.
  @inline(__always)
  func find(_ hash: UInt64, where isEqual: (Int) -> Bool) -> Int? {
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let slot = slots[place]
      if slot >> bits == tag(of: hash), isEqual(number(in: slot)) { return number(in: slot) }
      place = (place + 1) & mask
    }
    return nil
  }

  /// What stands where a hash is looked for first.
  ///
  /// Asked for many hashes one after the other, the memory is fetched for several of them at a time; each
  /// search by itself would wait for its own.
  @inline(__always)
  func glance(at hash: UInt64) -> UInt32 { slots[Int(truncatingIfNeeded: hash) & mask] }

  /// Adds a number that isn't there.
  ///
  /// - Parameters:
  ///   - number: the next one, or one that was removed.
  ///   - hashOf: the hash of every number that is there.
  @inline(__always)
  mutating func insert(_ number: Int, _ hash: UInt64, hashOf: (Int) -> UInt64) {
    if (count + 1) * 2 > slots.count { grow(hashOf) }
    count += 1
    put(number, hash)
  }

  /// Removes a number that is there.
  ///
  /// - Parameter hashOf: the hash of every number that is there.
  @inline(__always)
  mutating func remove(_ number: Int, _ hash: UInt64, hashOf: (Int) -> UInt64) {
    var hole = place(of: number, hash)
    count -= 1
    // What was put behind it because the place was taken moves up.
    var next = (hole + 1) & mask
    while slots[next] != 0 {
      let home = Int(truncatingIfNeeded: hashOf(self.number(in: slots[next]))) & mask
      if (next - home) & mask >= (next - hole) & mask {
        slots[hole] = slots[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    slots[hole] = 0
  }

  /// Gives what is found under a hash another number.
  @inline(__always)
  mutating func renumber(_ number: Int, to other: Int, _ hash: UInt64) {
    slots[place(of: number, hash)] = slot(other, hash)
  }

  @inline(__always)
  private func place(of number: Int, _ hash: UInt64) -> Int {
    let wanted = slot(number, hash)
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != wanted { place = (place + 1) & mask }
    return place
  }

  @inline(__always)
  private mutating func put(_ number: Int, _ hash: UInt64) {
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 { place = (place + 1) & mask }
    slots[place] = slot(number, hash)
  }

  @inline(__always)
  private func slot(_ number: Int, _ hash: UInt64) -> UInt32 {
    tag(of: hash) << bits | UInt32(truncatingIfNeeded: number + 1)
  }

  @inline(__always)
  private func number(in slot: UInt32) -> Int { Int(slot & (1 << bits - 1)) - 1 }

  @inline(__always)
  private func tag(of hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) >> bits }

  private mutating func grow(_ hashOf: (Int) -> UInt64) {
    let size = slots.count * 2
    // The old ones go first: of a large table there is never one and a half in memory.
    slots = []
    bits += 1
    slots = Array(repeating: 0, count: size)
    for number in 0..<count { put(number, hashOf(number)) }
  }
}
