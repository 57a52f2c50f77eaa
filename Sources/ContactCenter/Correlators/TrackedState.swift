import PatchbayCore

/// A state that an event tells, as a state machine sees it.
enum TrackedState: Sendable, Hashable {
  /// One of the machine's, by its number.
  case known(Int)
  /// None of the machine's, told from others by the run's symbol for it.
  case unknown(Symbol)
  /// None of the machine's, and the run has no symbol for it: all such states look the same.
  case other
}

/// The last thing known of an agent, an interaction or a part.
struct StateTrack: Sendable {
  var state: TrackedState
  var timestamp: Timestamp
  /// Whether something happened since that may have changed the state, or not.
  var isUncertain = false
}
