/// The states of an agent's desktop on the wire.
package enum AgentState {
  /// Waiting for work.
  package static let available = "routing/agent/available"
  /// Work is offered.
  package static let busy = "routing/agent/busy"
  /// Talking.
  package static let connected = "interaction/media/connected"
  /// The talk is over.
  package static let disconnected = "interaction/media/disconnected"
  /// Writing up.
  package static let wrapping = "routing/agent/wrapping"

  /// All of them, in the order of a call.
  package static let all = [available, busy, connected, disconnected, wrapping]

  /// The event type of all of them.
  package static let eventType = "routing/agent/state"
}
