/// Which states may follow which, by their numbers.
///
/// It grows with the transitions, not with the square of the states: a machine may have many
/// thousands of states, each with a few that follow.
struct TransitionTable: Sendable, Equatable {
  /// Those that may follow each state, in the order of their declaration.
  let successors: [[Int]]
  /// The same in ascending order, to be searched.
  private let rows: [[Int]]
  /// How many transitions there are before each row.
  private let beginnings: [Int]
  /// How many transitions there are.
  let count: Int

  /// Makes a table of a row for each state; no row has a number twice.
  init(_ successors: [[Int]]) {
    self.successors = successors
    rows = successors.map { $0.sorted() }
    var count = 0
    beginnings = rows.map { row in
      defer { count += row.count }
      return count
    }
    self.count = count
  }

  /// All transitions, by their numbers.
  var all: [(from: Int, to: Int)] {
    rows.enumerated().flatMap { from, row in row.map { (from, $0) } }
  }

  /// The number of a transition; nil if `to` may not follow `from`.
  func number(_ from: Int, to: Int) -> Int? {
    var low = 0
    var high = rows[from].count
    while low < high {
      let middle = (low + high) / 2
      if rows[from][middle] < to { low = middle + 1 } else { high = middle }
    }
    return low < rows[from].count && rows[from][low] == to ? beginnings[from] + low : nil
  }
}
