import HeapModule

/// The times at which requests are to be given up, the earliest first.
///
/// Requests that end in time stay in it until their deadline or until ``removeAll(where:)``, because
/// finding one in the middle of a heap costs more than leaving it.
package struct DeadlineQueue {
  private struct Entry: Comparable {
    let deadline: ContinuousClock.Instant
    let id: UInt64

    static func < (one: Entry, other: Entry) -> Bool {
      (one.deadline, one.id) < (other.deadline, other.id)
    }
  }

  private var heap = Heap<Entry>()

  package init() {}

  package var count: Int { heap.count }

  /// The earliest deadline, of a request that may have ended.
  package var earliest: ContinuousClock.Instant? { heap.min?.deadline }

  package mutating func insert(_ id: UInt64, at deadline: ContinuousClock.Instant) {
    heap.insert(Entry(deadline: deadline, id: id))
  }

  /// Takes out the earliest entry if its deadline has come.
  package mutating func popExpired(now: ContinuousClock.Instant) -> UInt64? {
    guard let first = heap.min, first.deadline <= now else { return nil }
    return heap.removeMin().id
  }

  /// Takes out all entries of requests that meet a condition.
  package mutating func removeAll(where condition: (UInt64) -> Bool) {
    heap = Heap(heap.unordered.filter { !condition($0.id) })
  }
}
