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

  /// Whether the event is the agent's alone, and no part of the interaction.
  var isOfAgentAlone: Bool { state.hasPrefix("presence/") }

  /// The events of a service.
  ///
  /// - Parameter isFirst: whether the agent has had none before.
  static func steps(
    of row: CallLogRow, order: Int, isFirst: Bool, _ options: CallLogOptions
  ) -> [DeskStep] {
    let wrap = options.wrapUp.wholeNanoseconds
    let finish = (second: row.end + Int(wrap / 1_000_000_000), nanosecond: wrap % 1_000_000_000)
    let states: [(second: Int, nanosecond: Int64, state: String)] =
      switch options.machine {
      case .agentDesktop:
        [
          (row.start, 0, AgentState.busy), (row.start, 0, AgentState.connected),
          (row.end, 0, AgentState.disconnected), (row.end, 0, AgentState.wrapping),
          (finish.second, finish.nanosecond, AgentState.available),
        ]
      case .genesysCloud:
        (isFirst ? [(row.start, 0, "presence/on_queue")] : [])
          + [(row.start, 0, "participant/alerting"), (row.start, 0, "participant/connected")]
          + (wrap == 0
            ? [(row.end, 0, "participant/terminated")]
            : [
              (row.end, 0, "participant/disconnected"),
              (finish.second, finish.nanosecond, "after_call_work/complete"),
            ])
      }
    return states.enumerated().map { place, step in
      DeskStep(
        second: step.second, nanosecond: step.nanosecond, order: order, place: place,
        state: step.state, row: row)
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
