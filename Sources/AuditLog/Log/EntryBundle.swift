/// The records of a tile's leaves, as C2SP tlog-tiles publishes them: each with its length before it.
package struct EntryBundle: Sendable, Equatable {
  /// The longest record that a bundle can hold, in bytes.
  package static let longest = Int(UInt16.max)

  /// How many records it has.
  package private(set) var count = 0
  /// The bytes that are published.
  package private(set) var bytes: [UInt8] = []

  /// Makes one without records.
  package init() {}

  /// Adds a record of at most `longest` bytes.
  package mutating func append(_ record: UnsafeRawBufferPointer) {
    bytes.append(UInt8(truncatingIfNeeded: record.count >> 8))
    bytes.append(UInt8(truncatingIfNeeded: record.count))
    bytes.append(contentsOf: record)
    count += 1
  }

  /// Takes the records out.
  mutating func removeAll() {
    count = 0
    bytes.removeAll(keepingCapacity: true)
  }
}
