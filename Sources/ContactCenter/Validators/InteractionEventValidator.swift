import ContactModel
package import PatchbayCore

/// Checks that an event is what the platform's contract asks for, before anything is sent.
///
/// The first rule that an event breaks rejects it; `docs/events.md` lists the codes.
package struct InteractionEventValidator: IDGuard {
  package static let type = "interaction-event"
  package static let doc =
    "Checks ids, timestamp, state and type of agent-desktop events; the rest goes to .rejected."
  package static let metrics = [
    MetricDeclaration("rejected", doc: "Events that broke a rule."),
    MetricDeclaration("window", doc: "How many sequence ids are remembered to find duplicates."),
  ]

  /// What ids of interactions and agents may be.
  package enum IDForm: String, OptionChoice {
    case uuid
    case text

    package var doc: String {
      switch self {
      case .uuid: "UUIDs in lower-case hexadecimal, as the platform has them."
      case .text: "Any text that isn't empty."
      }
    }
  }

  /// Whether a member must be there.
  package enum Presence: String, OptionChoice {
    case required
    case optional
  }

  /// The options.
  package struct Options: OptionGroup {
    let window: Int
    let machine: MachineChoice
    let eventTypes: [String]
    let ids: IDForm
    let interaction: Presence

    package init(from options: inout OptionReader) {
      window = options.value(
        "window", default: 1_000_000, .range(1...100_000_000),
        doc: "How many sequence ids are remembered; a repeated one within them is rejected.")
      machine = options.value(
        "machine", default: "agent-desktop", doc: "The machine whose states are known.")
      eventTypes = options.oneOrMany(
        "event_types", default: [AgentState.eventType], .nonEmpty,
        doc: "The event types that are known.")
      ids = options.value(
        "ids", default: .uuid, doc: "What `interaction_id` and `agent_id` must be.")
      interaction = options.value(
        "interaction", default: .required,
        doc:
          "Whether events must have an `interaction_id`, but for those of agents alone in a machine that "
          + "knows such.")
    }
  }

  private let window: Int
  private let states: Set<String>
  private let types: Set<String>
  private let ids: IDForm
  private let interaction: Presence
  private let allowed: String
  private let machine: StateMachine
  private var recent: RecentIDs
  private var stateSymbols = SymbolSet()
  private var typeSymbols = SymbolSet()
  private var rejections: [String: Int] = [:]

  package var reach: StageReach { .context }
  package var guardedIDs: Int { window }

  package init(_ options: Options) {
    window = options.window
    states = Set(options.machine.machine.states)
    types = Set(options.eventTypes)
    ids = options.ids
    interaction = options.interaction
    machine = options.machine.machine
    allowed = options.machine.machine.states.joined(separator: ", ")
    recent = RecentIDs(capacity: options.window, seed: 0)
  }

  package mutating func open(_ context: StageContext) async throws {
    recent = RecentIDs(capacity: window, seed: context.seed)
  }

  package mutating func validate(_ batch: inout EventBatch) {
    recent.prepare(for: batch)
    for index in batch.indices {
      let event = batch[index]
      let problem = problem(of: event, in: batch)
      // Last, so that a record that is rejected anyway doesn't use up its id.
      if problem == nil, recent.insert(at: index) { continue }
      let (code, reason) = problem ?? repetition(of: event, in: batch)
      rejections[code, default: 0] += 1
      batch.reject(index, code: code, reason: reason)
    }
  }

  package mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
    let problem = problem(of: event, in: batch)
    if problem == nil, recent.insert(batch.bytes(event.sequence)) { return .accept }
    let (code, reason) = problem ?? repetition(of: event, in: batch)
    rejections[code, default: 0] += 1
    return .reject(code: code, reason: reason)
  }

  private func repetition(of event: Event, in batch: EventBatch) -> (String, String) {
    (
      "sequence_id.duplicate",
      "sequence_id \(shown(batch.sequenceID(of: event))) was used within the last "
        + "\(window) events"
    )
  }

  private mutating func problem(
    of event: Event, in batch: borrowing EventBatch
  ) -> (String, String)? {
    if event.sequence.isEmpty { return ("sequence_id.missing", "sequence_id is missing or empty") }
    if event.sequence.count > SequenceID.mostBytes {
      return (
        "sequence_id.too_long",
        "sequence_id has \(event.sequence.count) bytes, at most \(SequenceID.mostBytes) are allowed"
      )
    }
    if !batch.hasTimestamp(event) {
      let text = batch.timestampText(of: event)
      return text.isEmpty
        ? ("timestamp.missing", "timestamp is missing")
        : (
          "timestamp.malformed",
          "timestamp must be RFC 3339 with an offset such as 2026-01-31T09:30:00Z, "
            + "found \(shown(text))"
        )
    }
    // Nearly all are UUIDs; whatever else they are is looked at apart.
    if !Self.isUUID(event.interaction), !isMissingByRight(event, in: batch),
      let problem = problem(of: event.interaction, "interaction_id", in: batch)
    {
      return problem
    }
    if !Self.isUUID(event.agent), let problem = problem(of: event.agent, "agent_id", in: batch) {
      return problem
    }
    if !isKnown(event.state, among: states, &stateSymbols, in: batch) {
      let state = batch.state(of: event)
      return state.isEmpty
        ? ("state.missing", "state is missing")
        : ("state.unknown", "state \(shown(state)) is none of \(allowed)")
    }
    if !isKnown(event.type, among: types, &typeSymbols, in: batch) {
      let type = batch.eventType(of: event)
      return type.isEmpty
        ? ("event_type.missing", "event_type is missing")
        : (
          "event_type.unknown",
          "event_type \(shown(type)) is none of \(types.sorted().joined(separator: ", "))"
        )
    }
    return nil
  }

  private static func isUUID(_ id: EntityID) -> Bool {
    if case .uuid = id { true } else { false }
  }

  /// Whether an event has no interaction, and its state is one of the agent alone.
  @inline(never)
  private func isMissingByRight(_ event: Event, in batch: borrowing EventBatch) -> Bool {
    guard case .missing = event.interaction else { return false }
    if interaction == .optional { return true }
    if case .agent = machine.scope(of: batch.state(of: event)) { return true }
    return false
  }

  @inline(never)
  private func problem(
    of id: EntityID, _ name: String, in batch: borrowing EventBatch
  ) -> (String, String)? {
    switch id {
    case .uuid: return nil
    case .missing: return ("\(name).missing", "\(name) is missing")
    case .text(let text) where ids == .text:
      return text.isEmpty ? ("\(name).missing", "\(name) is empty") : nil
    case .text(let text):
      return (
        "\(name).not_uuid",
        "\(name) must be a UUID in lower-case hexadecimal, found \(shown(batch.text(text)))"
      )
    }
  }

  /// Whether a symbol is one of the texts; those found once are recognised by number.
  private func isKnown(
    _ symbol: Symbol, among texts: Set<String>, _ symbols: inout SymbolSet,
    in batch: borrowing EventBatch
  ) -> Bool {
    if symbols.contains(symbol) { return true }
    guard !symbol.isLocal, texts.contains(batch.text(symbol)) else {
      return texts.contains(batch.text(symbol))
    }
    symbols.insert(symbol)
    return true
  }

  private func shown(_ text: String) -> String {
    let start = text.prefix(60)
    return "\"\(start)\(start.count < text.count ? "..." : "")\""
  }

  package func findings() -> Findings {
    var findings = Findings()
    findings["rejected"] = Double(rejections.values.reduce(0, +))
    findings["window"] = Double(window)
    if !rejections.isEmpty {
      findings.tables = [
        Findings.Table(
          title: "rejections", columns: ["code", "events"],
          rows: rejections.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { [$0.key, String($0.value)] })
      ]
    }
    return findings
  }
}
