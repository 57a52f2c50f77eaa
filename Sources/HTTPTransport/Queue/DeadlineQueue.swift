/// The times at which requests are to be given up, the earliest first.
///
/// A binary heap. Requests that end in time stay in it until their deadline or until
/// ``removeAll(where:)``, because finding one in the middle costs more than leaving it.
package struct DeadlineQueue {
  private struct Entry {
    let deadline: ContinuousClock.Instant
    let id: UInt64
  }

  private var heap: [Entry] = []

  package init() {}

  package var count: Int { heap.count }

  /// The earliest deadline, of a request that may have ended.
  package var earliest: ContinuousClock.Instant? { heap.first?.deadline }

  package mutating func insert(_ id: UInt64, at deadline: ContinuousClock.Instant) {
    heap.append(Entry(deadline: deadline, id: id))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].deadline < heap[parent].deadline else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out the earliest entry if its deadline has come.
  package mutating func popExpired(now: ContinuousClock.Instant) -> UInt64? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
    return first.id
  }

  /// Takes out all entries of requests that meet a condition.
  package mutating func removeAll(where condition: (UInt64) -> Bool) {
    heap.removeAll { condition($0.id) }
    // A sorted array is a heap.
    heap.sort { $0.deadline < $1.deadline }
  }

  /// Moves the first entry down to where it belongs.
  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].deadline < heap[least].deadline {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
