import PatchbayCore

/// A state machine as a JSON document has it; `StateMachine.init(_:at:)` sees to what its parts
/// say of each other.
struct StateMachineDocument: OptionGroup {
  /// A transition that is allowed.
  struct Transition: OptionGroup {
    let from: String
    let to: String

    init(from options: inout OptionReader) {
      from = options.required("from", example: "idle", .nonEmpty, doc: "The state.")
      to = options.required("to", example: "ringing", .nonEmpty, doc: "A state that may follow it.")
    }
  }

  let states: [String]
  let transitions: [Transition]
  let final: [String]
  let scopes: [String: StateOwner]

  init(from options: inout OptionReader) {
    states = options.required(
      "states", example: ["idle", "ringing"], .nonEmpty, .each(.nonEmpty), doc: "The states.")
    transitions = options.list("transitions", doc: "What may follow what.")
    final = options.required(
      "final", example: ["idle"], doc: "The states in which an interaction is finished.")
    scopes = options.value(
      "scopes", default: [:],
      doc: """
        Whose states are whose, by what stands before their slash; all others are of the agent and \
        of the interaction.
        """)
  }
}
