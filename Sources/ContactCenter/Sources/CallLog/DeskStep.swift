import PatchbayCore

/// One event of a service, ordered by time, then by its row, then by its place in the service.
struct DeskStep: Comparable {
  let second: Int
  /// The time past the second, in nanoseconds.
  let nanosecond: Int64
  let order: Int
  let place: Int
  let state: String
  let row: CallLogRow

  /// The five events of a service.
  static func steps(of row: CallLogRow, order: Int, wrapUp: Duration) -> [DeskStep] {
    let wrap = wrapUp.wholeNanoseconds
    let states = [
      (row.start, Int64(0), AgentState.busy), (row.start, 0, AgentState.connected),
      (row.end, 0, AgentState.disconnected), (row.end, 0, AgentState.wrapping),
      (row.end + Int(wrap / 1_000_000_000), wrap % 1_000_000_000, AgentState.available),
    ]
    return states.enumerated().map { place, step in
      DeskStep(
        second: step.0, nanosecond: step.1, order: order, place: place, state: step.2, row: row)
    }
  }

  var timestamp: Timestamp {
    Timestamp(nanoseconds: Int64(second) * 1_000_000_000 + nanosecond)
  }

  static func < (one: DeskStep, other: DeskStep) -> Bool {
    (one.second, one.nanosecond, one.order, one.place)
      < (other.second, other.nanosecond, other.order, other.place)
  }

  static func == (one: DeskStep, other: DeskStep) -> Bool {
    one.order == other.order && one.place == other.place
  }
}
