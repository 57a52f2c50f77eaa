/// Which states may follow which, by their numbers.
///
/// It grows with the transitions, not with the square of the states: a machine may have many
/// thousands of states, each with a few that follow.
struct TransitionTable: Sendable, Equatable {
  /// Those that may follow each state, in the order of their declaration.
  let successors: [[Int]]
  /// The same in ascending order, to be searched.
  private let rows: [[Int]]

  /// Makes a table of a row for each state; no row has a number twice.
  init(_ successors: [[Int]]) {
    self.successors = successors
    rows = successors.map { $0.sorted() }
  }

  /// Whether `to` may follow `from`.
  func allows(_ from: Int, to: Int) -> Bool {
    var low = 0
    var high = rows[from].count
    while low < high {
      let middle = (low + high) / 2
      if rows[from][middle] < to { low = middle + 1 } else { high = middle }
    }
    return low < rows[from].count && rows[from][low] == to
  }
}
