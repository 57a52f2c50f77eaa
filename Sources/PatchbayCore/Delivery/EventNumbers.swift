/// The numbers that a run's journal has given to the events of a batch, in their order.
enum EventNumbers: Sendable, Equatable {
  /// There is no journal.
  case none
  /// One after the other: how most batches travel.
  case consecutive(from: Int)
  /// Each event with its own; -1 for none.
  case listed([Int])

  func number(at position: Int) -> Int? {
    switch self {
    case .none: nil
    case .consecutive(let first): first + position
    case .listed(let numbers): numbers[position] < 0 ? nil : numbers[position]
    }
  }

  func at(_ positions: [Int]) -> EventNumbers {
    switch self {
    case .none: return .none
    case .listed(let numbers): return .listed(positions.map { numbers[$0] })
    case .consecutive(let first):
      guard let start = positions.first else { return .none }
      if zip(positions, start...).allSatisfy({ $0 == $1 }) {
        return .consecutive(from: first + start)
      }
      return .listed(positions.map { first + $0 })
    }
  }

  /// Appends those of other events.
  ///
  /// - Parameter count: how many events there are, and how many others.
  mutating func append(_ others: EventNumbers, count: (own: Int, others: Int)) {
    if self == .none, others == .none { return }
    if case .consecutive(let first) = self, others == .consecutive(from: first + count.own) {
      return
    }
    var numbers = takeList(count.own)
    numbers += (0..<count.others).map { others.number(at: $0) ?? -1 }
    self = .listed(numbers)
  }

  /// Takes the numbers out, so that they can be changed without a copy.
  private mutating func takeList(_ count: Int) -> [Int] {
    if case .listed(let numbers) = self {
      self = .none
      return numbers
    }
    return (0..<count).map { number(at: $0) ?? -1 }
  }
}
