import ContactModel
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

  /// Of how many interactions each agent handles, where nothing is said.
  private static let usualInteractions = 4
  /// With how many agents they may wait for answers: each of them is a task of its own.
  private static let mostWaitingAgents = 10_000

  let agents: Int
  package let arrivals: ArrivalChoice
  /// How many each agent handles, where that is what ends the scenario.
  let interactionsPerAgent: Int
  let agentID: String
  /// A file whose first users are the agents.
  let usersFile: String?
  let interactionID: String
  let prefix: String
  /// Whether events say who calls.
  let tellsCallers: Bool
  let machine: StateMachine
  /// The course of every interaction; nil if each draws one from the mix.
  private let fixedWalk: [String]?
  /// What courses there are in the platform's own terms.
  let mix: CourseMix
  /// Whether agents go on queue at first and leave it at last.
  let attends: Bool
  let dwell: Duration
  let distribution: Distribution
  let illegal: Int

  package init(from options: inout OptionReader) {
    let agents = options.value(
      "agents", default: 5, .range(1...1_000_000), doc: "How many agents work side by side.")
    let interactions: Int? = options.optional(
      "interactions_per_agent", .range(1...100_000_000),
      doc: "How many interactions each agent handles, one after the other; 4 if it isn't said.")
    arrivals = options.value(
      "arrivals", default: "per-agent", doc: "When interactions begin.")
    let id = OptionRule<String>.that(
      "a UUID in lower-case hexadecimal, or empty",
      pattern: "^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$"
    ) { $0.isEmpty || UUIDBits(lowercase: Array($0.utf8)) != nil }
    agentID = options.value(
      "agent_id", default: "", id,
      doc: "The id of the one agent there then is; without it ids are made from the seed.")
    usersFile = options.optional(
      "users_file", .nonEmpty, .path,
      doc:
        "A JSON file of users and queues, `{\"users\": [{\"id\": \"...\"}]}`; the first `agents` of them are the agents."
    )
    interactionID = options.value(
      "interaction_id", default: "", id,
      doc: "The id of the one interaction there then is; without it ids are made from the seed.")
    prefix = options.value(
      "prefix", default: "sim", .nonEmpty,
      doc: "What sequence ids start with; sources side by side need different ones.")
    tellsCallers = options.value(
      "callers", default: false,
      doc: """
        Whether events say who calls, in the attributes `ani`, `dnis` and `customer_name`, and through \
        which queue, in `queue_id`: one of those of the file of users that the agent is a member of.
        """)
    let machine: MachineChoice = options.value(
      "machine", default: "agent-desktop", doc: "The machine that the walk must follow.")
    let initial: String? = options.optional(
      "initial_state",
      doc: "The state each interaction starts in; without it `\(AgentState.available)`.")
    let transitions: [String]? = options.optional(
      "transitions", .nonEmpty,
      doc: """
        The states entered after the initial one, in this order; without them those of a call, or \
        with the machine `genesys-cloud` the courses of the mix.
        """)
    mix = options.group(
      "mix", doc: "How often which course occurs, with the machine `genesys-cloud`.")
    dwell = options.value(
      "dwell", default: .milliseconds(100), .range(.zero ... .seconds(86_400)),
      doc: "How long an agent stays in a state before the next event.")
    distribution = options.value(
      "dwell_distribution", default: .fixed, doc: "How dwell times are drawn.")
    illegal = options.value(
      "illegal", default: 0, .atLeast(0),
      doc: "How many single states are replaced by one the machine forbids there.")
    self.agents = agentID.isEmpty && interactionID.isEmpty ? agents : 1
    options.check(
      usersFile == nil || agentID.isEmpty, at: "users_file",
      "can't be set together with \"agent_id\": both say who the agents are")
    interactionsPerAgent = interactionID.isEmpty ? interactions ?? Self.usualInteractions : 1
    self.machine = machine.machine
    var isPlatform = false
    if case .genesysCloud = machine { isPlatform = true }
    attends = isPlatform
    let first = initial ?? (isPlatform ? PlatformState.alerting : AgentState.available)
    let rest =
      transitions
      ?? (isPlatform
        ? ScenarioCourse.plain.steps.dropFirst().map(\.state)
        : AgentState.all.dropFirst() + [AgentState.available])
    fixedWalk = isPlatform && transitions == nil && initial == nil ? nil : [first] + rest
    let start = self.machine.problem(withWalk: [first]) ?? ""
    options.check(start.isEmpty, at: "initial_state", start)
    let problem = self.machine.problem(withWalk: [first] + rest) ?? ""
    options.check(!start.isEmpty || problem.isEmpty, at: "transitions", problem)
    if let total = interactionCount {
      options.check(
        illegal <= total, at: "illegal", "at most one for each interaction, that is \(total)")
    }
    options.check(
      illegal == 0 || illegalPositions.count > 0, at: "illegal",
      "the machine allows every state at every step of the walk")
    if case .perAgent = arrivals { return }
    options.check(
      interactions == nil, at: "interactions_per_agent",
      "goes with arrivals \"per-agent\" alone: here the arrivals say how many interactions begin")
    options.check(
      interactionID.isEmpty, at: "interaction_id",
      "goes with arrivals \"per-agent\" alone: it names one interaction, and here many begin")
    if case .closed(let closed) = arrivals {
      options.check(
        illegal == 0, at: "illegal",
        "must be 0 with closed arrivals: nobody knows how many interactions there will be")
      options.check(
        dwell > .zero || closed.thinkTime > .zero, at: "dwell",
        "must be above zero, or the `think_time` of closed arrivals: else an agent's work takes no time"
      )
      options.check(
        self.agents <= Self.mostWaitingAgents, at: "agents",
        "at most \(Self.mostWaitingAgents) agents can wait for answers")
    }
  }

  /// How many interactions there will be; nil if that isn't known beforehand, or more than 63 bits count.
  var interactionCount: Int? {
    switch arrivals {
    case .perAgent:
      let (total, overflow) = agents.multipliedReportingOverflow(by: interactionsPerAgent)
      return overflow ? nil : total
    case .constant, .ramp: return arrivals.curve?.count
    case .poisson, .recorded, .closed: return nil
    }
  }

  /// The walk that is taken if nothing else is drawn.
  var walk: [String] { fixedWalk ?? ScenarioCourse.plain.steps.map(\.state) }

  /// The steps of every interaction; nil if each draws a course from the mix.
  var fixedSteps: [ScenarioStep]? { fixedWalk?.map(step) }

  /// A state as a step of its own interaction, or of the agent.
  func step(_ state: String) -> ScenarioStep {
    if case .agent = machine.scope(of: state) { return ScenarioStep(state, .agent) }
    return ScenarioStep(state)
  }

  /// How many events an interaction may have.
  var lengths: ClosedRange<Int> {
    if fixedWalk != nil { return walk.count...walk.count }
    let lengths = mix.courses.map(\.steps.count)
    return (lengths.min() ?? walk.count)...(lengths.max() ?? walk.count)
  }

  /// The steps of the walk at which some state is forbidden.
  var illegalPositions: [Int] {
    walk.indices.dropFirst().filter { !illegalStates(after: walk[$0 - 1]).isEmpty }
  }

  /// The states that the machine forbids after a state and from which a legal walk can go on.
  func illegalStates(after state: String) -> [String] {
    guard let goal = walk.last else { return [] }
    return machine.states.filter {
      $0 != state && machine.scope(of: $0) == machine.scope(of: state)
        && !machine.allows(state, to: $0) && machine.path(from: $0, to: goal) != nil
    }
  }
}
