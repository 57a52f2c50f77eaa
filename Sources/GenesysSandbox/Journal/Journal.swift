import PatchbayCore

/// What can stand in a journal.
protocol JournalLine: Sendable {
  /// Greater than that of any line before it.
  var number: UInt64 { get }
}

extension JournalEntry: JournalLine {}
extension NotificationRecord: JournalLine {}

/// The latest requests, or notifications, so that a test can assert what was sent and what it did.
struct Journal<Line: JournalLine>: Sendable {
  private let capacity: Int
  private var lines: [Line] = []
  private var oldest = 0

  init(capacity: Int) {
    self.capacity = capacity
  }

  mutating func append(_ line: Line) {
    if lines.count < capacity {
      lines.append(line)
    } else if capacity > 0 {
      lines[oldest] = line
      oldest = (oldest + 1) % capacity
    }
  }

  /// Changes a line that is among the latest, if it is still there.
  mutating func change(_ number: UInt64, _ body: (inout Line) -> Void) {
    for back in 1...max(1, lines.count) where !lines.isEmpty {
      let index = (oldest + lines.count - back) % lines.count
      if lines[index].number == number { return body(&lines[index]) }
      if lines[index].number < number { return }
    }
  }

  mutating func clear() {
    lines = []
    oldest = 0
  }

  /// The lines after a number, oldest first; those that are gone are left out.
  func entries(after number: UInt64, limit: Int) -> [Line] {
    let inOrder = lines[oldest...] + lines[..<oldest]
    return Array(inOrder.drop { $0.number <= number }.prefix(limit))
  }
}
