import PatchbayCore

/// The latest requests, so that a test can assert what was sent and what it did.
struct Journal: Sendable {
  private let capacity: Int
  private var entries: [JournalEntry] = []
  private var oldest = 0

  init(capacity: Int) {
    self.capacity = capacity
  }

  mutating func append(_ entry: JournalEntry) {
    if entries.count < capacity {
      entries.append(entry)
    } else if capacity > 0 {
      entries[oldest] = entry
      oldest = (oldest + 1) % capacity
    }
  }

  mutating func clear() {
    entries = []
    oldest = 0
  }

  /// The entries after a number, oldest first; those that are gone are left out.
  func entries(after number: UInt64, limit: Int) -> [JournalEntry] {
    let inOrder = entries[oldest...] + entries[..<oldest]
    return Array(inOrder.drop { $0.number <= number }.prefix(limit))
  }
}
