import PatchbayCore

/// A state machine as a table of its states: how often each led to each, the more often the darker, what never
/// happened, and what must not.
struct TransitionHeat {
  /// For more states a table of cells says nothing any more.
  private static let mostStates = 24

  private let transitions: [Findings.Transition]
  private let states: [String]

  init(_ transitions: [Findings.Transition]) {
    self.transitions = transitions
    states = Self.states(of: transitions)
  }

  /// The states as a walk meets them: from the most frequent one along what follows most often.
  private static func states(of transitions: [Findings.Transition]) -> [String] {
    var states: [String] = []
    var left = Set(transitions.flatMap { [$0.from, $0.to] })
    var next = transitions.first?.from
    while let state = next {
      states.append(state)
      left.remove(state)
      let follower = transitions.first { $0.from == state && left.contains($0.to) }?.to
      next = follower ?? transitions.lazy.flatMap { [$0.from, $0.to] }.first { left.contains($0) }
    }
    return states
  }

  /// How many of the allowed transitions happened.
  var coverage: (seen: Int, all: Int) {
    let allowed = transitions.filter(\.isAllowed)
    return (allowed.count { $0.count > 0 }, allowed.count)
  }

  var picture: Markup {
    states.count > Self.mostStates ? "" : table
  }

  private var table: Markup {
    let cells = Dictionary(transitions.map { ([$0.from, $0.to], $0) }) { one, _ in one }
    let most = Double(transitions.map(\.count).max() ?? 1)
    let heads = states.enumerated().map { number, state -> Markup in
      "<th scope=\"col\" title=\"\(state)\">\(number + 1)</th>"
    }
    let rows = states.enumerated().map { number, from -> Markup in
      let row = states.map { to -> Markup in cell(cells[[from, to]], most) }
      return "<tr><th scope=\"row\"><span>\(number + 1)</span> \(from)</th>\(row)</tr>"
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Transitions, from rows to columns">\
      <table class="heat"><thead><tr><th scope="col">from \\ to</th>\(heads)</tr></thead><tbody>\(rows)</tbody>\
      </table></div><p class="key"><span class="cell h4">often</span> <span class="cell h1">seldom</span> \
      <span class="cell never">allowed, never seen</span> <span class="cell forbidden">forbidden, seen</span></p>
      """
  }

  private func cell(_ transition: Findings.Transition?, _ most: Double) -> Markup {
    guard let transition else { return "<td></td>" }
    let step = "\(transition.from) to \(transition.to)"
    if !transition.isAllowed {
      return
        "<td class=\"forbidden\" title=\"\(step): forbidden\">\(Formats.short(Double(transition.count)))</td>"
    }
    if transition.count == 0 {
      return "<td class=\"never\" title=\"\(step): allowed, never seen\">0</td>"
    }
    let share = Double(transition.count) / most
    let heat = share > 0.5 ? 4 : share > 0.2 ? 3 : share > 0.05 ? 2 : 1
    return
      "<td class=\"h\(heat)\" title=\"\(step)\">\(Formats.short(Double(transition.count)))</td>"
  }
}
