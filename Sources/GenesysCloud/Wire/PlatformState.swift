/// States in the platform's own terms, as events of a pipeline name them.
///
/// Four machines run at once on the platform: presence and routing status of an agent, the
/// participant that each offer of an interaction makes, and the work after it. A state says with
/// which of them it belongs by what stands before the slash.
package enum PlatformState {
  /// The presences, by what stands behind `presence/`, with the id of the system's definition.
  ///
  /// The ids are the same in every organisation that was seen: the unit test of the official
  /// Terraform provider's `organization_presence_definition`.
  package static let presences: [String: String] = [
    "available": "6a3af858-942f-489d-9700-5f9bcdcdae9b",
    "away": "5e5c5c66-ea97-4e7f-ac41-6424784829f2",
    "busy": "31fe3bac-dea6-44b7-bed7-47f91660a1a0",
    "break": "227b37e2-f1d0-4dd0-8f50-badd7cf6d158",
    "idle": "7ffa01cd-7866-4ad7-8faa-31e11b42f51f",
    "meal": "3fd96123-badb-4f69-bc03-1b1ccc6d8014",
    "meeting": "bbdff279-7ae1-48ea-bade-7831d7234c64",
    "training": "d2390a99-8546-bad9-8f0a-219548e8aeb0",
    "on_queue": "e08eaf1b-ee47-4fa9-a231-1200e284798f",
    "offline": "ccf3c10a-aa2c-4845-8e8d-f59fa48c58e5",
  ]

  /// The routing statuses, by what stands behind `routing/`, with their names in events.
  package static let routingStatuses: [String: String] = [
    "off_queue": "OffQueue", "idle": "Idle", "interacting": "Interacting",
    "not_responding": "NotResponding", "communicating": "Communicating",
  ]

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
