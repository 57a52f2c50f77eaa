/// Something in which an answer of the sandbox isn't as the one that was recorded.
package struct Difference: Sendable, Hashable {
  /// In what.
  package enum Kind: String, Sendable, CaseIterable {
    /// Another status.
    case status
    /// A member that is there on one side alone.
    case member
    /// A value of another type.
    case type
    /// Another word, such as a state.
    case value
    /// Another number of elements, or another order.
    case order
    /// Something else is meant than before.
    case identity
  }

  package var kind: Kind
  /// What was asked for, with braces for ids: `GET /api/v2/users/{}`.
  package var operation: String
  /// Where in the answer: `entities[].name`; empty for the answer itself.
  package var place: String
  /// What was recorded, and what the sandbox says.
  package var explanation: String
}

/// Differences of the same kind, place and explanation, and how often they occur.
package struct ComparisonResult: Sendable {
  /// In the order in which they were found first.
  package fileprivate(set) var differences: [(difference: Difference, count: Int)] = []
  /// How many exchanges were compared.
  package fileprivate(set) var compared = 0
  /// Exchanges that can't be repeated, with the reason.
  package fileprivate(set) var skipped: [String] = []
  private var places: [Difference: Int] = [:]

  mutating func add(_ difference: Difference) {
    if let place = places[difference] {
      differences[place].count += 1
    } else {
      places[difference] = differences.count
      differences.append((difference, 1))
    }
  }

  mutating func addCompared() { compared += 1 }

  mutating func skip(_ reason: String) {
    if !skipped.contains(reason) { skipped.append(reason) }
  }
}
