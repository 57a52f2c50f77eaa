/// What a sink had written before its run was interrupted, eight bytes for each thing; each answers for
/// one event.
package struct RecalledKeys: Sendable {
  private var keys: [UInt64] = []
  /// Where the first of equal keys is, how many of them have been asked for.
  private var taken: [UInt32] = []
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
    taken = Array(repeating: 0, count: keys.count)
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
    guard low < keys.count else { return false }
    let next = low + Int(taken[low])
    guard next < keys.count, keys[next] == key else { return false }
    taken[low] += 1
    left -= 1
    return true
  }
}
