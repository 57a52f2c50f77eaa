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
    states(of: unfinished.map { ($0.interaction, $0.open.track) })
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
    let unfinished = unfinished
    var findings = Findings()
    findings["transitions"] = Double(tally.transitions)
    findings["mismatches"] = Double(tally.mismatches)
    findings["unverified"] = Double(tally.unverified)
    findings["duplicates"] = Double(duplicates)
    findings["out_of_order"] = Double(tally.outOfOrder)
    findings["unfinished"] = Double(unfinished.count)
    findings["forgotten"] = Double(
      follower.agents.forgotten + follower.interactions.forgotten + follower.parts.forgotten)
    findings.events = found.all + firstUnfinished(of: unfinished)
    if !tally.steps.isEmpty { findings.tables = [table(of: tally.steps)] }
    return findings
  }

  /// The interactions, and agents' parts in some, that are in no final state.
  private var unfinished: [UnfinishedInteraction] {
    var all = follower.interactions.all.filter { !follower.isFinal($0.value.track.state) }
      .map { UnfinishedInteraction(interaction: $0.key, open: $0.value) }
    for (part, open) in follower.parts.all {
      guard case .participant(_, let interaction) = part else { continue }
      all.append(UnfinishedInteraction(interaction: interaction, open: open))
    }
    return all
  }

  /// Those that have waited longest for their end, as many as are named.
  private func firstUnfinished(of unfinished: [UnfinishedInteraction]) -> [FoundEvent] {
    var oldest = Heap<UnfinishedInteraction>()
    for one in unfinished {
      oldest.insert(one)
      if oldest.count > FoundEvents.most { oldest.removeMax() }
    }
    return oldest.unordered.sorted().map { one in
      one.open.last.unfinished(
        one.interaction, in: symbols.name(of: one.open.track.state), symbols.table)
    }
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

  private var order: (Timestamp, String) { (open.track.timestamp, interaction.text) }

  static func < (one: Self, other: Self) -> Bool { one.order < other.order }
  static func == (one: Self, other: Self) -> Bool { one.order == other.order }
}
