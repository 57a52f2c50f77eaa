package import PatchbayCore

/// Follows every agent and every interaction through a state machine and counts what it forbids.
///
/// An event is compared with the last state of its agent and with that of its interaction; if both
/// object, that is one mismatch. An interaction that starts in its agent's current state is no
/// transition. What happened across an event that wasn't accepted can't be known: the next
/// transition of its agent and interaction counts as unverified.
///
/// A machine may say of a state that it is of the agent alone, or of the agent's part in the
/// interaction; then it is compared with the last state of just that.
package struct StateMachineCorrelator: StateKeeper {
  package static let type = "state-machine"
  package static let doc =
    "Checks the states of agents and interactions against a state machine."
  package static let metrics = [
    MetricDeclaration("transitions", doc: "Transitions that were checked."),
    MetricDeclaration("mismatches", doc: "Events whose transition the machine forbids."),
    MetricDeclaration("unverified", doc: "Transitions across an event that wasn't accepted."),
    MetricDeclaration("duplicates", doc: "Events whose sequence_id had come before."),
    MetricDeclaration(
      "out_of_order", doc: "Events with an earlier timestamp than one before of their agent."),
    MetricDeclaration("unfinished", doc: "Interactions that ended in no final state."),
  ]

  /// The options.
  package struct Options: OptionGroup {
    let machine: MachineChoice
    let window: Int

    package init(from options: inout OptionReader) {
      machine = options.value(
        "machine", default: "agent-desktop", doc: "The machine that events must follow.")
      window = options.value(
        "window", default: 100_000, .range(1...100_000_000),
        doc: "How many sequence ids are remembered to recognise duplicates.")
    }
  }

  /// The last thing known of an agent or interaction.
  private struct Track {
    var state: Symbol
    var timestamp: Timestamp
    var isUncertain = false
  }

  /// What has a state of its own, beside agents and interactions.
  private enum Part: Hashable {
    case respect(String, of: EntityKey)
    case participant(EntityKey, in: EntityKey)
  }

  private let machine: StateMachine
  private let window: Int
  private var recent: RecentIDs
  private var agents: [EntityKey: Track] = [:]
  private var interactions: [EntityKey: Track] = [:]
  private var parts: [Part: Track] = [:]
  private var scopes: [Symbol: StateScope] = [:]
  private var verdicts: [SymbolPair: Bool] = [:]
  private var finals: [Symbol: Bool] = [:]
  private var mismatches: [SymbolPair: Int] = [:]
  private var names: [Symbol: String] = [:]
  private var counts = (transitions: 0, mismatches: 0, unverified: 0, duplicates: 0, disorder: 0)

  package init(_ options: Options) {
    machine = options.machine.machine
    window = options.window
    recent = RecentIDs(capacity: options.window, seed: 0)
  }

  package mutating func open(_ context: StageContext) async throws {
    recent = RecentIDs(capacity: window, seed: context.seed)
  }

  package mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation {
    let agent = batch.key(event.agent)
    let interaction = batch.key(event.interaction)
    if !event.sequence.isEmpty, !recent.insert(batch.bytes(event.sequence)) {
      counts.duplicates += 1
      return .pass
    }
    let isKnown = outcome.kind == .accepted || outcome.kind == .undecided
    if let part = part(of: event, agent, interaction, in: batch) {
      guard isKnown else {
        parts[part]?.isUncertain = true
        return .pass
      }
      let forbidden = follow(part, event, in: batch)
      return forbidden.map { .mismatch(from: name($0.from, in: batch)) } ?? .pass
    }
    guard isKnown else {
      agents[agent]?.isUncertain = true
      interactions[interaction]?.isUncertain = true
      return .pass
    }
    let forbidden = check(event, agent, interaction, in: batch)
    follow(event, agent, interaction, in: batch)
    return forbidden.map { .mismatch(from: name($0.from, in: batch)) } ?? .pass
  }

  /// Whose state an event's is; nil for agent and interaction.
  private mutating func part(
    of event: Event, _ agent: EntityKey, _ interaction: EntityKey, in batch: EventBatch
  ) -> Part? {
    let scope = scopes[event.state] ?? machine.scope(of: name(event.state, in: batch))
    if !event.state.isLocal { scopes[event.state] = scope }
    return switch scope {
    case .agentAndInteraction: nil
    case .agent(let respect): .respect(respect, of: agent)
    case .participant: .participant(agent, in: interaction)
    }
  }

  /// Compares an event with the last state of its part, and keeps its own; gives the transition if
  /// the machine forbids it.
  private mutating func follow(
    _ part: Part, _ event: Event, in batch: EventBatch
  ) -> SymbolPair? {
    let last = parts[part]
    let name = name(event.state, in: batch)
    // A part in an interaction that is over is forgotten: only the open ones take memory.
    parts[part] =
      machine.isOver(name) ? nil : Track(state: event.state, timestamp: event.timestamp)
    guard let last else { return nil }
    if event.timestamp < last.timestamp { counts.disorder += 1 }
    if last.isUncertain {
      counts.unverified += 1
      return nil
    }
    return judge([SymbolPair(from: last.state, to: event.state)], in: batch)
  }

  /// The transition that the machine forbids, if it does.
  private mutating func check(
    _ event: Event, _ agent: EntityKey, _ interaction: EntityKey, in batch: EventBatch
  ) -> SymbolPair? {
    let agentTrack = agents[agent]
    let interactionTrack = interactions[interaction]
    if let last = agentTrack, event.timestamp < last.timestamp { counts.disorder += 1 }
    guard agentTrack != nil || interactionTrack != nil else { return nil }
    if interactionTrack == nil, agentTrack?.state == event.state { return nil }
    if agentTrack?.isUncertain == true || interactionTrack?.isUncertain == true {
      counts.unverified += 1
      return nil
    }
    let steps = [interactionTrack, agentTrack].compactMap { $0 }
      .map { SymbolPair(from: $0.state, to: event.state) }
    return judge(steps, in: batch)
  }

  /// Counts a transition; gives the first of its steps that the machine forbids.
  private mutating func judge(_ steps: [SymbolPair], in batch: EventBatch) -> SymbolPair? {
    counts.transitions += 1
    guard let forbidden = steps.first(where: { !allows($0, in: batch) }) else { return nil }
    counts.mismatches += 1
    mismatches[forbidden, default: 0] += 1
    return forbidden
  }

  private mutating func follow(
    _ event: Event, _ agent: EntityKey, _ interaction: EntityKey, in batch: EventBatch
  ) {
    let track = Track(state: event.state, timestamp: event.timestamp)
    agents[agent] = track
    // A finished interaction is forgotten: only the open ones take memory. One that merely starts
    // in a final state isn't finished.
    let isFinal = isFinal(event.state, in: batch)
    let isFinished = isFinal && interactions[interaction] != nil
    interactions[interaction] = isFinished ? nil : track
  }

  private mutating func allows(_ pair: SymbolPair, in batch: EventBatch) -> Bool {
    if let known = verdicts[pair] { return known }
    let (from, to) = (name(pair.from, in: batch), name(pair.to, in: batch))
    let verdict = machine.allows(from, to: to)
    verdicts[pair] = verdict
    return verdict
  }

  private mutating func isFinal(_ state: Symbol, in batch: EventBatch) -> Bool {
    if let known = finals[state] { return known }
    let verdict = machine.final.contains(name(state, in: batch))
    finals[state] = verdict
    return verdict
  }

  private mutating func name(_ symbol: Symbol, in batch: EventBatch) -> String {
    if symbol.isLocal { return "(other)" }
    if let known = names[symbol] { return known }
    let text = batch.text(symbol)
    names[symbol] = text
    return text
  }

  /// An agent who has states in several respects has them with commas between.
  package var agentStates: [String: String] {
    var tracks = agents.map { ($0.key, $0.value) }
    for (part, track) in parts {
      if case .respect(_, let agent) = part { tracks.append((agent, track)) }
    }
    return states(of: tracks)
  }

  package var openInteractionStates: [String: String] {
    var tracks = interactions.filter { finals[$0.value.state] == false }.map { ($0.key, $0.value) }
    for (part, track) in parts {
      if case .participant(_, let interaction) = part { tracks.append((interaction, track)) }
    }
    return states(of: tracks)
  }

  private func states(of tracks: [(EntityKey, Track)]) -> [String: String] {
    var states: [String: [String]] = [:]
    for (key, track) in tracks {
      let id =
        switch key {
        case .uuid(let bits): bits.description
        case .text(let text): text
        }
      states[id, default: []].append(names[track.state] ?? "(other)")
    }
    return states.mapValues { $0.sorted().joined(separator: ", ") }
  }

  package func findings() -> Findings {
    var findings = Findings()
    findings["transitions"] = Double(counts.transitions)
    findings["mismatches"] = Double(counts.mismatches)
    findings["unverified"] = Double(counts.unverified)
    findings["duplicates"] = Double(counts.duplicates)
    findings["out_of_order"] = Double(counts.disorder)
    let open = parts.keys.count { if case .participant = $0 { true } else { false } }
    findings["unfinished"] = Double(
      interactions.values.count { finals[$0.state] == false } + open)
    if !mismatches.isEmpty {
      let rows = mismatches.map { pair, count in
        (from: names[pair.from] ?? "(other)", to: names[pair.to] ?? "(other)", count: count)
      }
      findings.tables = [
        Findings.Table(
          title: "mismatches", columns: ["from", "to", "events"],
          rows: rows.sorted { ($1.count, $0.from, $0.to) < ($0.count, $1.from, $1.to) }
            .map { [$0.from, $0.to, String($0.count)] })
      ]
    }
    return findings
  }
}

/// A transition between two states.
private struct SymbolPair: Hashable {
  let from: Symbol
  let to: Symbol
}
