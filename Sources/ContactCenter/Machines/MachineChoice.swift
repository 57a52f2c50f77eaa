package import PatchbayCore

/// Which state machine a stage goes by: a built-in one by name, or one written out.
package enum MachineChoice: OptionUnion {
  /// The built-in machine of an agent's desktop.
  case agentDesktop
  /// The built-in machine in the platform's own terms.
  case genesysCloud
  /// A machine written out in the configuration.
  case custom(CustomMachine)

  /// The forms a configuration may use.
  package static let cases: [OptionCase<MachineChoice>] = [
    .init(
      "agent-desktop", .agentDesktop,
      doc: "available, busy, connected, disconnected, wrapping and back to available."),
    .init(
      "genesys-cloud", .genesysCloud,
      doc: "Presence, routing status, participants and after-call work, as on the platform."),
    .init("custom", MachineChoice.custom, doc: "A machine of your own."),
  ]

  /// The machine.
  package var machine: StateMachine {
    switch self {
    case .agentDesktop: .agentDesktop
    case .genesysCloud: .genesysCloud
    case .custom(let custom): custom.machine
    }
  }
}

/// A state machine as a configuration writes it.
package struct CustomMachine: OptionGroup {
  /// The machine that the options describe.
  package let machine: StateMachine

  package init(from options: inout OptionReader) {
    let transitions = options.list(
      "transitions", of: CustomTransition.self, minimum: 1,
      doc: "What may follow each state; the states are those that occur here.")
    let final: [String] = options.required(
      "final", example: ["idle"], .nonEmpty, doc: "The states in which an interaction is finished.")
    machine = StateMachine(final: final, transitions: transitions.map { ($0.from, $0.to) })
    options.check(
      final.allSatisfy { machine.number(of: $0) != nil }, at: "final",
      "every final state must occur in a transition")
  }
}

/// One state and those that may follow it.
package struct CustomTransition: OptionGroup {
  let from: String
  let to: [String]

  package init(from options: inout OptionReader) {
    from = options.required("from", example: "idle", .nonEmpty, doc: "The state.")
    to = options.required(
      "to", example: ["idle"], .nonEmpty, doc: "The states that may follow it.")
  }
}
