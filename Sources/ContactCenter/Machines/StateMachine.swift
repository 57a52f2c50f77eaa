import PatchbayCore

/// States and the transitions between them that are allowed; data, not code.
///
/// A state's number is its place in `states`. Whoever follows events goes by numbers; texts are
/// looked up where they come in, by their bytes.
package struct StateMachine: Sendable, Equatable {
  /// The states in the order of their declaration.
  package let states: [String]
  /// Whether an interaction may end in a state, by number.
  package let finals: [Bool]
  /// Whose state a state is, by number.
  package let scopes: [StateScope]
  /// Whose states there are, by what stands before their slash.
  package let owners: [String: StateOwner]
  private let transitions: TransitionTable
  private let numbers: [ExactText: Int]

  /// Makes a machine of texts; its states are those that occur in the transitions.
  ///
  /// - Parameters:
  ///   - final: where an interaction may end.
  ///   - transitions: what may follow each state.
  ///   - owners: whose states are whose, by what stands before their slash; all others are of the
  ///     agent and of the interaction.
  package init(
    final: [String], transitions: [(from: String, to: [String])],
    owners: [String: StateOwner] = [:]
  ) {
    var draft = StateMachineDraft()
    draft.owners = owners
    for (from, targets) in transitions {
      let from = draft.number(of: from)
      for target in targets {
        let target = draft.number(of: target)
        draft.allow(from, to: target)
      }
    }
    draft.finals = Set(final.compactMap { draft.numbers[ExactText($0)] })
    self.init(draft)
  }

  init(_ draft: StateMachineDraft) {
    states = draft.states
    finals = draft.states.indices.map(draft.finals.contains)
    scopes = draft.states.map { Self.scope(of: $0, draft.owners) }
    owners = draft.owners
    transitions = TransitionTable(draft.successors)
    numbers = draft.numbers
  }

  // MARK: By number

  /// The states that may follow a state, in the order of their declaration.
  package func successors(of state: Int) -> [Int] { transitions.successors[state] }

  /// Whether a transition is allowed.
  package func allows(_ from: Int, to state: Int) -> Bool {
    transition(from, to: state) != nil
  }

  /// The number of an allowed transition; nil if it isn't allowed.
  func transition(_ from: Int, to state: Int) -> Int? { transitions.number(from, to: state) }

  /// How many transitions are allowed.
  var transitionCount: Int { transitions.count }

  /// The allowed transitions, by their numbers.
  var allowedTransitions: [(from: Int, to: Int)] { transitions.all }

  /// Whether nothing can follow a state, so that what comes next is another interaction's.
  package func isOver(_ state: Int) -> Bool {
    finals[state] && transitions.successors[state].isEmpty
  }

  // MARK: By text

  /// The number of a state; nil if the machine has no such state.
  package func number(of state: String) -> Int? { numbers[ExactText(state)] }

  /// Whose state a state is, also one that the machine hasn't got.
  package func scope(of state: String) -> StateScope { Self.scope(of: state, owners) }

  private static func scope(of state: String, _ owners: [String: StateOwner]) -> StateScope {
    guard !owners.isEmpty else { return .agentAndInteraction }
    let beginning = String(state.prefix { $0 != "/" })
    return switch owners[beginning] {
    case .agent: .agent(beginning)
    case .participant: .participant
    case nil: .agentAndInteraction
    }
  }

  /// Whether a transition is allowed; false if the machine hasn't got one of its states.
  package func allows(_ from: String, to state: String) -> Bool {
    guard let from = number(of: from), let state = number(of: state) else { return false }
    return allows(from, to: state)
  }
}
