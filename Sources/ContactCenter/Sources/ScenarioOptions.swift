package import PatchbayCore

/// The options of the `scenario` source.
package struct ScenarioOptions: OptionGroup {
  /// How long an agent stays in a state.
  package enum Distribution: String, OptionChoice {
    /// Always `dwell`.
    case fixed
    /// Exponentially distributed with the mean `dwell`.
    case exponential

    package var doc: String {
      switch self {
      case .fixed: "Always the same."
      case .exponential: "Exponential, with dwell as its mean."
      }
    }
  }

  let agents: Int
  let interactionsPerAgent: Int
  let agentID: String
  let interactionID: String
  let prefix: String
  let machine: StateMachine
  let walk: [String]
  let dwell: Duration
  let distribution: Distribution
  let illegal: Int

  package init(from options: inout OptionReader) {
    let agents = options.value(
      "agents", default: 5, .range(1...1_000_000), doc: "How many agents work side by side.")
    let interactions = options.value(
      "interactions_per_agent", default: 4, .range(1...100_000_000),
      doc: "How many interactions each agent handles, one after the other.")
    agentID = options.value(
      "agent_id", default: "",
      doc: "The id of the one agent there then is; without it ids are made from the seed.")
    interactionID = options.value(
      "interaction_id", default: "",
      doc: "The id of the one interaction there then is; without it ids are made from the seed.")
    prefix = options.value(
      "prefix", default: "sim", .nonEmpty,
      doc: "What sequence ids start with; sources side by side need different ones.")
    let machine: MachineChoice = options.value(
      "machine", default: "agent-desktop", doc: "The machine that the walk must follow.")
    let initial = options.value(
      "initial_state", default: AgentState.available, doc: "The state each interaction starts in.")
    let transitions = options.value(
      "transitions",
      default: [
        AgentState.busy, AgentState.connected, AgentState.disconnected, AgentState.wrapping,
        AgentState.available,
      ],
      .nonEmpty, doc: "The states entered after the initial one, in this order.")
    dwell = options.value(
      "dwell", default: .milliseconds(100), .range(.zero ... .seconds(86_400)),
      doc: "How long an agent stays in a state before the next event.")
    distribution = options.value(
      "dwell_distribution", default: .fixed, doc: "How dwell times are drawn.")
    illegal = options.value(
      "illegal", default: 0, .atLeast(0),
      doc: "How many single states are replaced by one the machine forbids there.")
    self.agents = agentID.isEmpty && interactionID.isEmpty ? agents : 1
    interactionsPerAgent = interactionID.isEmpty ? interactions : 1
    self.machine = machine.machine
    walk = [initial] + transitions
    let (total, overflow) = self.agents.multipliedReportingOverflow(by: interactionsPerAgent)
    let start = self.machine.problem(withWalk: [initial]) ?? ""
    options.check(start.isEmpty, at: "initial_state", start)
    let problem = self.machine.problem(withWalk: walk) ?? ""
    options.check(!start.isEmpty || problem.isEmpty, at: "transitions", problem)
    options.check(
      illegal == 0 || (!overflow && illegal <= total), at: "illegal",
      "at most one for each interaction, that is \(total)")
    options.check(
      illegal == 0 || illegalPositions.count > 0, at: "illegal",
      "the machine allows every state at every step of the walk")
  }

  /// The steps of the walk at which some state is forbidden.
  var illegalPositions: [Int] {
    walk.indices.dropFirst().filter { !illegalStates(after: walk[$0 - 1]).isEmpty }
  }

  /// The states that the machine forbids after a state and from which a legal walk can go on.
  func illegalStates(after state: String) -> [String] {
    guard let goal = walk.last else { return [] }
    return machine.states.filter {
      $0 != state && !machine.allows(state, to: $0) && machine.path(from: $0, to: goal) != nil
    }
  }
}
