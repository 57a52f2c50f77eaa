extension StateMachine {
  /// The shortest allowed way from one state to another, without the first; nil if there is none.
  package func path(from start: String, to goal: String) -> [String]? {
    if start == goal { return [] }
    guard let start = number(of: start), let goal = number(of: goal) else { return nil }
    var origins: [Int?] = Array(repeating: nil, count: states.count)
    var reached = [start]
    var next = 0
    while next < reached.count, origins[goal] == nil {
      let state = reached[next]
      next += 1
      for successor in successors(of: state) where origins[successor] == nil && successor != start {
        origins[successor] = state
        reached.append(successor)
      }
    }
    guard origins[goal] != nil else { return nil }
    var path: [Int] = []
    var last = goal
    while last != start, let origin = origins[last] {
      path.append(last)
      last = origin
    }
    return path.reversed().map { states[$0] }
  }

  /// What is wrong with a walk, or nil if it is allowed from its start to its end.
  package func problem(withWalk walk: [String]) -> String? {
    if let unknown = walk.first(where: { number(of: $0) == nil }) {
      return "\"\(unknown)\" is none of the machine's states: "
        + states.map { "\"\($0)\"" }.joined(separator: ", ")
    }
    var last: [StateScope: Int] = [:]
    for to in walk.compactMap({ number(of: $0) }) {
      guard let from = last.updateValue(to, forKey: scopes[to]), !allows(from, to: to)
      else { continue }
      if scopes[from] == .participant, isOver(from) { continue }
      let allowed = successors(of: from).map { "\"\(states[$0])\"" }.joined(separator: " or ")
      return "\"\(states[from])\" can't be followed by \"\(states[to])\", only by \(allowed)"
    }
    return nil
  }
}
