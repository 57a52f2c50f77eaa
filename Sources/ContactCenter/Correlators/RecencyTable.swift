/// A dictionary of bounded size: past it, what was seen least recently is forgotten.
///
/// Entries lie side by side in an array, each linked to the next newer and the next older one, so
/// that every operation takes the same time however many there are.
package struct RecencyTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let key: Key
    var value: Value
    var newer: Int?
    var older: Int?
  }

  private let capacity: Int
  private var places: [Key: Int] = [:]
  private var entries: [Entry] = []
  private var newest: Int?
  private var oldest: Int?
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

  /// The value of a key, which counts as seen.
  package mutating func see(_ key: Key) -> Value? {
    guard let place = places[key] else { return nil }
    refresh(place)
    return entries[place].value
  }

  /// Sets the value of a key, which counts as seen.
  package mutating func set(_ key: Key, _ value: Value) {
    if let place = places[key] {
      refresh(place)
      entries[place].value = value
      return
    }
    if entries.count == capacity, let oldest {
      remove(entries[oldest].key)
      forgotten += 1
    }
    places[key] = entries.count
    entries.append(Entry(key: key, value: value))
    link(entries.count - 1)
  }

  /// Drops a key.
  package mutating func remove(_ key: Key) {
    guard let place = places.removeValue(forKey: key) else { return }
    unlink(place)
    let last = entries.removeLast()
    guard place < entries.count else { return }
    // The last entry fills the gap; its neighbours and its key learn its new place.
    entries[place] = last
    places[last.key] = place
    if let newer = last.newer { entries[newer].older = place } else { newest = place }
    if let older = last.older { entries[older].newer = place } else { oldest = place }
  }

  private mutating func refresh(_ place: Int) {
    guard newest != place else { return }
    unlink(place)
    link(place)
  }

  private mutating func unlink(_ place: Int) {
    let (newer, older) = (entries[place].newer, entries[place].older)
    if let newer { entries[newer].older = older } else { newest = older }
    if let older { entries[older].newer = newer } else { oldest = newer }
  }

  private mutating func link(_ place: Int) {
    entries[place].newer = nil
    entries[place].older = newest
    if let newest { entries[newest].newer = place } else { oldest = place }
    newest = place
  }
}
