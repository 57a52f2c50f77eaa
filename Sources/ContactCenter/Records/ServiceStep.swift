import ContactModel
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
  var isOfAgentAlone: Bool { SystemPresence(state: state) != nil }

  /// The events of a service.
  ///
  /// - Parameter isFirst: whether the agent has had none before.
  static func steps(
    of row: CallLogRow, order: Int, isFirst: Bool, _ options: CallLogOptions
  ) -> [DeskStep] {
    let wrap = options.wrapUp.wholeNanoseconds
    let start: Moment = (row.start, 0)
    let end: Moment = (row.end, 0)
    let finish: Moment = (row.end + Int(wrap / 1_000_000_000), wrap % 1_000_000_000)
    let states: [(time: Moment, state: String)] =
      switch options.machine {
      case .agentDesktop:
        [
          (start, AgentState.busy), (start, AgentState.connected), (end, AgentState.disconnected),
          (end, AgentState.wrapping), (finish, AgentState.available),
        ]
      case .genesysCloud where wrap == 0:
        [
          (start, PlatformState.alerting), (start, PlatformState.connected),
          (end, PlatformState.terminated),
        ]
      case .genesysCloud:
        [
          (start, PlatformState.alerting), (start, PlatformState.connected),
          (end, PlatformState.disconnected), (finish, PlatformState.wrappedUp),
        ]
      }
    let arrival: [(time: Moment, state: String)] =
      isFirst && options.machine == .genesysCloud ? [(start, SystemPresence.onQueue.state)] : []
    return (arrival + states).enumerated().map { place, step in
      DeskStep(
        second: step.time.second, nanosecond: step.time.nanosecond, order: order, place: place,
        state: step.state, row: row)
    }
  }

  private typealias Moment = (second: Int, nanosecond: Int64)

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
