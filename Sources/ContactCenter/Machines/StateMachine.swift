import ContactModel

/// States and the transitions between them that are allowed; data, not code.
package struct StateMachine: Sendable, Equatable {
  /// The states in the order of their declaration.
  package let states: [String]
  /// Where an interaction may end.
  package let final: [String]
  private let successors: [String: [String]]
  /// Whose states there are, by what stands before their slash.
  private let scopes: [String: StateScope]

  /// Makes a machine.
  ///
  /// - Parameter scopes: whose states are whose, by what stands before their slash; all others are
  ///   of the agent and of the interaction.
  package init(
    final: [String], transitions: [(from: String, to: [String])],
    scopes: [String: StateScope] = [:]
  ) {
    self.scopes = scopes
    var states: [String] = []
    var successors: [String: [String]] = [:]
    for (from, targets) in transitions {
      for state in [from] + targets where !states.contains(state) { states.append(state) }
      successors[from, default: []] += targets
    }
    self.states = states
    self.final = final
    self.successors = successors
  }

  /// Whose state a state is.
  package func scope(of state: String) -> StateScope {
    scopes.isEmpty
      ? .agentAndInteraction
      : scopes[String(state.prefix { $0 != "/" })] ?? .agentAndInteraction
  }

  /// The states that may follow a state, in the order of their declaration.
  package func successors(of state: String) -> [String] { successors[state] ?? [] }

  /// Whether a transition is allowed.
  package func allows(_ from: String, to state: String) -> Bool {
    successors[from]?.contains(state) ?? false
  }

  /// The shortest allowed way from one state to another, without the first; nil if there is none.
  package func path(from start: String, to goal: String) -> [String]? {
    if start == goal { return [] }
    var came: [String: String] = [:]
    var reached = [start]
    var next = 0
    while next < reached.count {
      let state = reached[next]
      next += 1
      for successor in successors(of: state) where came[successor] == nil && successor != start {
        came[successor] = state
        reached.append(successor)
        if successor == goal {
          var path = [goal]
          while let last = path.last, let before = came[last], before != start {
            path.append(before)
          }
          return path.reversed()
        }
      }
    }
    return nil
  }

  /// Whether nothing can follow a state, so that what comes next is another interaction's.
  func isOver(_ state: String) -> Bool { final.contains(state) && successors(of: state).isEmpty }

  /// What is wrong with a walk, or nil if it is allowed from its start to its end.
  package func problem(withWalk states: [String]) -> String? {
    if let unknown = states.first(where: { !self.states.contains($0) }) {
      return "\"\(unknown)\" is none of the machine's states: "
        + self.states.map { "\"\($0)\"" }.joined(separator: ", ")
    }
    var last: [StateScope: String] = [:]
    for to in states {
      guard let from = last.updateValue(to, forKey: scope(of: to)), !allows(from, to: to)
      else { continue }
      if scope(of: from) == .participant, isOver(from) { continue }
      let allowed = successors(of: from).map { "\"\($0)\"" }.joined(separator: " or ")
      return "\"\(from)\" can't be followed by \"\(to)\", only by \(allowed)"
    }
    return nil
  }

  /// The built-in machine of an agent's desktop, with the tutorial's states and transitions.
  package static let agentDesktop = StateMachine(
    final: [AgentState.available],
    transitions: [
      (AgentState.available, [AgentState.busy]),
      (AgentState.busy, [AgentState.connected, AgentState.available]),
      (AgentState.connected, [AgentState.disconnected]),
      (AgentState.disconnected, [AgentState.wrapping]),
      (AgentState.wrapping, [AgentState.available]),
    ])
}
