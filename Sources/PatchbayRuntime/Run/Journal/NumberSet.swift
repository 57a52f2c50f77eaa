/// A set of small numbers, a bit for each.
package struct NumberSet: Sendable {
  private var words: [UInt64] = []
  /// How many numbers are in it.
  package private(set) var count = 0

  package init() {}

  /// Whether a number is in it.
  package func contains(_ number: Int) -> Bool {
    number >> 6 < words.count && words[number >> 6] & 1 << UInt64(number & 63) != 0
  }

  /// Puts a number in.
  package mutating func insert(_ number: Int) {
    let place = number >> 6
    if place >= words.count { words += repeatElement(0, count: place + 1 - words.count) }
    let bit: UInt64 = 1 << UInt64(number & 63)
    if words[place] & bit == 0 { count += 1 }
    words[place] |= bit
  }
}
