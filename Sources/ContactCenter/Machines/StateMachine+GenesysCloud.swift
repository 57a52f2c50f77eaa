extension StateMachine {
  /// The built-in machine in the platform's own terms.
  ///
  /// Three machines side by side: an agent's presence and routing status, and the agent's part in
  /// an interaction, of which an agent may have several at once. An offer that nobody takes ends
  /// with `not_responding`; when the interaction is offered again, that is a new part in it. Sources:
  /// the glossary on [routing status](https://help.mypurecloud.com/glossary/routing-status) and
  /// [agent status](https://help.mypurecloud.com/glossary/agent-status), and the enumerations of
  /// the official client's models.
  package static let genesysCloud: StateMachine = {
    let presences = [
      "available", "busy", "away", "break", "meal", "meeting", "training", "idle", "offline",
      "on_queue",
    ].map { "presence/\($0)" }
    // People may choose any presence at any time, also in the middle of a call.
    let presence = presences.map { state in (state, presences) }
    let routing = [
      ("routing/off_queue", ["routing/idle", "routing/interacting"]),
      (
        "routing/idle",
        [
          "routing/interacting", "routing/not_responding", "routing/communicating",
          "routing/off_queue",
        ]
      ),
      (
        "routing/interacting",
        [
          "routing/idle", "routing/not_responding", "routing/communicating", "routing/off_queue",
        ]
      ),
      (
        "routing/not_responding",
        ["routing/idle", "routing/interacting", "routing/off_queue"]
      ),
      (
        "routing/communicating",
        ["routing/idle", "routing/interacting", "routing/off_queue"]
      ),
    ]
    let over = ["participant/disconnected", "participant/terminated", "participant/transferred"]
    let participant = [
      (
        "participant/alerting",
        ["participant/connected", "participant/not_responding", "participant/terminated"]
      ),
      ("participant/connected", ["participant/held"] + over),
      ("participant/held", ["participant/connected"] + over),
      ("participant/disconnected", ["after_call_work/complete", "after_call_work/skipped"]),
    ]
    return StateMachine(
      final: [
        "participant/terminated", "participant/transferred", "participant/not_responding",
        "after_call_work/complete", "after_call_work/skipped",
      ],
      transitions: presence + routing + participant,
      scopes: [
        "presence": .agent("presence"), "routing": .agent("routing"),
        "participant": .participant, "after_call_work": .participant,
      ])
  }()
}
