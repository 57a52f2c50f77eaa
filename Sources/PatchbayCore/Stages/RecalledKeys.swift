/// What a sink had written before its run was interrupted, eight bytes for each thing; each answers for
/// one event.
package struct RecalledKeys: Sendable {
  private var keys: [UInt64] = []
  private var taken: [Bool] = []
  private var left = 0

  /// Whether nothing is left to be asked for.
  package var isEmpty: Bool { left == 0 }

  /// Makes one that nothing is in.
  package init() {}

  /// Adds what was written; `sort` comes behind the last.
  package mutating func add(_ key: UInt64) { keys.append(key) }

  /// Makes ready to be asked.
  package mutating func sort() {
    keys.sort()
    taken = Array(repeating: false, count: keys.count)
    left = keys.count
  }

  /// Whether something of that key was written that hasn't been asked for before.
  package mutating func take(_ key: UInt64) -> Bool {
    if isEmpty { return false }
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    while low < keys.count, keys[low] == key {
      if !taken[low] {
        taken[low] = true
        left -= 1
        return true
      }
      low += 1
    }
    return false
  }
}
