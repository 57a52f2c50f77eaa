package import PatchbayCore

extension StateMachineCorrelator {
  /// An agent who has states in several respects has them with commas between.
  package var agentStates: [String: String] {
    var tracks = follower.agents.all.map { ($0.key, $0.value) }
    for (part, track) in follower.parts.all {
      if case .respect(_, let agent) = part { tracks.append((agent, track)) }
    }
    return states(of: tracks)
  }

  package var openInteractionStates: [String: String] {
    var tracks = follower.interactions.all
      .filter { !follower.isFinal($0.value.state) }.map { ($0.key, $0.value) }
    for (part, track) in follower.parts.all {
      if case .participant(_, let interaction) = part { tracks.append((interaction, track)) }
    }
    return states(of: tracks)
  }

  private func states(of tracks: [(EntityKey, StateTrack)]) -> [String: String] {
    var states: [String: [String]] = [:]
    for (key, track) in tracks {
      let id =
        switch key {
        case .uuid(let bits): bits.description
        case .text(let text): text
        }
      states[id, default: []].append(symbols.name(of: track.state))
    }
    return states.mapValues { $0.sorted().joined(separator: ", ") }
  }

  package func findings() -> Findings {
    let tally = follower.tally
    var findings = Findings()
    findings["transitions"] = Double(tally.transitions)
    findings["mismatches"] = Double(tally.mismatches)
    findings["unverified"] = Double(tally.unverified)
    findings["duplicates"] = Double(duplicates)
    findings["out_of_order"] = Double(tally.outOfOrder)
    findings["unfinished"] = Double(unfinished)
    findings["forgotten"] = Double(
      follower.agents.forgotten + follower.interactions.forgotten + follower.parts.forgotten)
    findings.events = found.all
    if !tally.steps.isEmpty { findings.tables = [table(of: tally.steps)] }
    return findings
  }

  private var unfinished: Int {
    let parts = follower.parts.all.count { if case .participant = $0.key { true } else { false } }
    return follower.interactions.all.count { !follower.isFinal($0.value.state) } + parts
  }

  private func table(of steps: [TransitionTally.Step: Int]) -> Findings.Table {
    let rows = steps.map { step, count in
      (from: symbols.name(of: step.from), to: symbols.name(of: step.to), count: count)
    }
    return Findings.Table(
      title: "mismatches", columns: ["from", "to", "events"],
      rows: rows.sorted { ($1.count, $0.from, $0.to) < ($0.count, $1.from, $1.to) }
        .map { [$0.from, $0.to, String($0.count)] }, isOfTransitions: true)
  }
}
