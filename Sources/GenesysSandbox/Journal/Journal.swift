import PatchbayCore

/// What can stand in a journal.
protocol JournalLine: Sendable {
  /// Greater than that of any line before it.
  var number: UInt64 { get }
}

/// The latest lines of some kind, so that a test can assert what was sent and what it did.
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

  /// The lines after a number that a condition holds for, oldest first; those that are gone are left out.
  func lines(
    after number: UInt64, limit: Int = .max, where condition: (Line) -> Bool = { _ in true }
  ) -> [Line] {
    // Their numbers ascend.
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[(oldest + middle) % lines.count].number <= number {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var found: [Line] = []
    for index in low..<lines.count {
      let line = lines[(oldest + index) % lines.count]
      guard condition(line) else { continue }
      found.append(line)
      if found.count == limit { break }
    }
    return found
  }
}
