/// A dictionary of bounded size: past it, what was seen least recently is forgotten.
///
/// Entries lie side by side in an array, each linked to the next newer and the next older one, so
/// that every operation takes the same time however many there are. Whoever reads and then changes a
/// value finds its key once, and goes by its place.
package struct RecencyTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// Where the entry of a key lies, until the next one is removed.
  package struct Place: Sendable {
    fileprivate let index: Int
  }

  private struct Entry {
    let key: Key
    let hash: UInt64
    var value: Value
    /// The neighbours by recency; `none` at either end.
    var newer: UInt32
    var older: UInt32
  }

  private static var none: UInt32 { .max }

  private let capacity: Int
  private var places = IndexTable()
  private var entries: [Entry] = []
  private var newest = Self.none
  private var oldest = Self.none
  /// How many entries were given up for lack of room.
  package private(set) var forgotten = 0

  /// Makes an empty table that holds `capacity` entries, at least one.
  package init(capacity: Int) {
    self.capacity = capacity
  }

  /// How many entries there are.
  package var count: Int { entries.count }

  /// All entries, in no order.
  package var all: some Sequence<(key: Key, value: Value)> {
    entries.lazy.map { ($0.key, $0.value) }
  }

  /// Where a key's entry is; it counts as seen.
  package mutating func find(_ key: Key) -> Place? {
    let hash = Self.hash(of: key)
    guard
      let index = places.find(hash, where: { entries[$0].hash == hash && entries[$0].key == key })
    else { return nil }
    refresh(UInt32(index))
    return Place(index: index)
  }

  /// The value at a place.
  package subscript(place: Place) -> Value {
    get { entries[place.index].value }
    set { entries[place.index].value = newValue }
  }

  /// The value of a key, which counts as seen.
  package mutating func see(_ key: Key) -> Value? {
    find(key).map { self[$0] }
  }

  /// Sets the value of a key, which counts as seen.
  package mutating func set(_ key: Key, _ value: Value) {
    if let place = find(key) {
      self[place] = value
    } else {
      add(key, value)
    }
  }

  /// Adds a key that isn't there, which counts as seen.
  package mutating func add(_ key: Key, _ value: Value) {
    if entries.count == capacity {
      remove(at: Place(index: Int(oldest)))
      forgotten += 1
    }
    let hash = Self.hash(of: key)
    places.insert(entries.count, hash) { entries[$0].hash }
    entries.append(
      Entry(key: key, hash: hash, value: value, newer: Self.none, older: Self.none))
    link(UInt32(entries.count - 1))
  }

  /// Drops a key.
  package mutating func remove(_ key: Key) {
    if let place = find(key) { remove(at: place) }
  }

  /// Drops the entry at a place.
  package mutating func remove(at place: Place) {
    let index = UInt32(place.index)
    unlink(index)
    places.remove(place.index, entries[place.index].hash) { entries[$0].hash }
    let last = entries.removeLast()
    guard place.index < entries.count else { return }
    // The last entry fills the gap; its neighbours and the table learn its new place.
    places.renumber(entries.count, to: place.index, last.hash)
    entries[place.index] = last
    if last.newer != Self.none { entries[Int(last.newer)].older = index } else { newest = index }
    if last.older != Self.none { entries[Int(last.older)].newer = index } else { oldest = index }
  }

  private mutating func refresh(_ index: UInt32) {
    guard newest != index else { return }
    unlink(index)
    link(index)
  }

  private mutating func unlink(_ index: UInt32) {
    let (newer, older) = (entries[Int(index)].newer, entries[Int(index)].older)
    if newer != Self.none { entries[Int(newer)].older = older } else { newest = older }
    if older != Self.none { entries[Int(older)].newer = newer } else { oldest = newer }
  }

  private mutating func link(_ index: UInt32) {
    entries[Int(index)].newer = Self.none
    entries[Int(index)].older = newest
    if newest != Self.none { entries[Int(newest)].newer = index } else { oldest = index }
    newest = index
  }

  private static func hash(of key: Key) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
