import PatchbayCore

/// A state machine while it is put together: it numbers states in the order in which they come.
struct StateMachineDraft {
  private(set) var states: [String] = []
  private(set) var numbers: [ExactText: Int] = [:]
  private(set) var successors: [[Int]] = []
  private var known: [Set<Int>] = []
  /// Where an interaction may end.
  var finals: Set<Int> = []
  /// Whose states are whose, by what stands before their slash.
  var owners: [String: StateOwner] = [:]

  /// The number of a state, which is added if it is new.
  mutating func number(of state: String) -> Int {
    if let number = numbers[ExactText(state)] { return number }
    numbers[ExactText(state)] = states.count
    states.append(state)
    successors.append([])
    known.append([])
    return states.count - 1
  }

  /// Allows a transition; false if it was allowed before.
  @discardableResult
  mutating func allow(_ from: Int, to: Int) -> Bool {
    guard known[from].insert(to).inserted else { return false }
    successors[from].append(to)
    return true
  }
}
