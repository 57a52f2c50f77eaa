/// A correlator that knows where agents and interactions stand.
public protocol StateKeeper: Correlator {
  /// The last state of every agent, by id. Asked after the last event.
  var agentStates: [String: String] { get }
  /// The last state of every interaction that isn't finished, by id. Asked after the last event.
  var openInteractionStates: [String: String] { get }
}
