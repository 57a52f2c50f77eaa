/// States of an agent's part in an interaction, in the platform's own terms.
///
/// What stands before the slash says which of the platform's machines a state belongs to:
/// `participant` and `after_call_work` here, `presence` in `SystemPresence`, `routing` in
/// `RoutingStatus`.
package enum PlatformState {
  /// An interaction is offered to the agent.
  package static let alerting = "participant/alerting"
  /// The agent talks with the customer, also again after a hold.
  package static let connected = "participant/connected"
  /// The customer waits.
  package static let held = "participant/held"
  /// It is over, and after-call work follows.
  package static let disconnected = "participant/disconnected"
  /// It is over, and no after-call work follows.
  package static let terminated = "participant/terminated"
  /// It went to somebody else.
  package static let transferred = "participant/transferred"
  /// The agent didn't take the offer; the interaction will be offered again.
  package static let notResponding = "participant/not_responding"
  /// The work after it is done.
  package static let wrappedUp = "after_call_work/complete"
  /// The work after it was left out.
  package static let wrapUpSkipped = "after_call_work/skipped"
}
