import HeapModule
package import PatchbayCore

extension StateMachineCorrelator {
  /// An agent who has states in several respects has them with commas between.
  package var agentStates: [String: String] {
    var tracks = follower.agents.all.map { ($0.key, $0.value) }
    for (part, track) in follower.parts.all {
      if case .respect(_, let agent) = part { tracks.append((agent, track.track)) }
    }
    return states(of: tracks)
  }

  package var openInteractionStates: [String: String] {
    var tracks: [(EntityKey, StateTrack)] = []
    forEachUnfinished { tracks.append(($0, $1.track)) }
    return states(of: tracks)
  }

  private func states(of tracks: [(EntityKey, StateTrack)]) -> [String: String] {
    var states: [String: [String]] = [:]
    for (key, track) in tracks {
      states[key.text, default: []].append(symbols.name(of: track.state))
    }
    return states.mapValues { $0.sorted().joined(separator: ", ") }
  }

  package func findings() -> Findings {
    let tally = follower.tally
    let unfinished = unfinished()
    var findings = Findings()
    findings["transitions"] = Double(tally.transitions)
    findings["mismatches"] = Double(tally.mismatches)
    findings["unverified"] = Double(tally.unverified)
    findings["duplicates"] = Double(duplicates)
    findings["out_of_order"] = Double(tally.outOfOrder)
    findings["unfinished"] = Double(unfinished.count)
    findings["forgotten"] = Double(
      follower.agents.forgotten + follower.interactions.forgotten + follower.parts.forgotten)
    findings.events = found.all + unfinished.first
    findings.transitions = transitions(of: tally)
    if !tally.steps.isEmpty { findings.tables = [table(of: tally.steps)] }
    return findings
  }

  /// How often each transition happened: all that a machine of usual size allows, those that happened of a
  /// larger one, and all forbidden ones.
  private func transitions(of tally: TransitionTally) -> [Findings.Transition] {
    let showsAll = machine.transitionCount <= Findings.Transition.most
    let allowed = machine.allowedTransitions.enumerated().compactMap {
      number, transition -> Findings.Transition? in
      let count = tally.allowed[number]
      if count == 0, !showsAll { return nil }
      return .init(
        from: machine.states[transition.from], to: machine.states[transition.to], count: count,
        isAllowed: true)
    }
    let forbidden = tally.steps.map { step, count in
      Findings.Transition(
        from: symbols.name(of: step.from), to: symbols.name(of: step.to), count: count,
        isAllowed: false)
    }
    let all = (allowed + forbidden).sorted {
      ($1.count, $0.from, $0.to) < ($0.count, $1.from, $1.to)
    }
    return Array(all.prefix(Findings.Transition.most))
  }

  /// Calls a closure with every interaction, and agent's part in one, that is in no final state.
  private func forEachUnfinished(_ body: (EntityKey, OpenTrack) -> Void) {
    for (interaction, open) in follower.interactions.all where !follower.isFinal(open.track.state) {
      body(interaction, open)
    }
    for (part, open) in follower.parts.all {
      if case .participant(_, let interaction) = part { body(interaction, open) }
    }
  }

  /// How many are in no final state, and those that have waited longest for their end, as many as are
  /// named.
  ///
  /// Asked now and then while the run goes on, with perhaps a million of them.
  private func unfinished() -> (count: Int, first: [FoundEvent]) {
    var count = 0
    var oldest = Heap<UnfinishedInteraction>()
    forEachUnfinished { interaction, open in
      count += 1
      let one = UnfinishedInteraction(interaction: interaction, open: open)
      if oldest.count == FoundEvents.most {
        guard let last = oldest.max, one < last else { return }
        oldest.removeMax()
      }
      oldest.insert(one)
    }
    let first = oldest.unordered.sorted().map { one in
      one.open.last.unfinished(
        one.interaction, in: symbols.name(of: one.open.track.state), symbols.table)
    }
    return (count, first)
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

/// An interaction, or an agent's part in one, that is in no final state; ordered by how long it has been
/// in the one that it is in.
private struct UnfinishedInteraction: Comparable {
  let interaction: EntityKey
  let open: OpenTrack

  static func < (one: Self, other: Self) -> Bool {
    let (time, otherTime) = (one.open.track.timestamp, other.open.track.timestamp)
    if time != otherTime { return time < otherTime }
    // A million agents may have begun at the same time.
    if case .uuid(let bits) = one.interaction, case .uuid(let otherBits) = other.interaction {
      return (bits.high, bits.low) < (otherBits.high, otherBits.low)
    }
    return one.interaction.text < other.interaction.text
  }

  static func == (one: Self, other: Self) -> Bool {
    one.open.track.timestamp == other.open.track.timestamp && one.interaction == other.interaction
  }
}
