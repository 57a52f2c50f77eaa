import ContactModel
import EventMapping
import PatchbayCore
import PatchbayJSON

/// A mapping for a file of which each record is an event of an agent.
struct EventProposal {
  let options: [JSONValue.Member]
  let connections: JSONValue
  private(set) var reasons: [String] = []
  private(set) var doubts: [String] = []
  let told: [String]
  /// Whether events say which call they are of.
  let hasCalls: Bool

  /// Parts of words that are used for our states.
  private static let states: [(state: String, words: [String])] = [
    (AgentState.wrapping, ["wrap", "acw", "after", "note"]),
    (
      AgentState.disconnected,
      ["disconnect", "hang", "end", "done", "complete", "terminat", "finish"]
    ),
    (AgentState.busy, ["ring", "alert", "offer", "busy", "incoming", "reserv"]),
    (AgentState.connected, ["connect", "talk", "answer", "oncall", "on_call", "active"]),
    (AgentState.available, ["avail", "free", "ready", "idle", "wait"]),
  ]

  /// Nil if no column tells a state, or none a time.
  init?(_ sample: RecordSample, _ roles: ColumnRoles) {
    guard let time = sample.columns.first(where: \.isMoment), case .time(let format) = time.kind,
      let agent = roles.columns[.agent]?.first,
      let state = Self.stateColumn(
        sample, but: [agent.name, roles.columns[.call]?.last?.name ?? ""])
    else { return nil }
    var words: [(state: String, words: [String])] = []
    var unknown: [String] = []
    for word in state.distinct.sorted() {
      guard let known = Self.state(of: word) else {
        unknown.append(word)
        continue
      }
      if let place = words.firstIndex(where: { $0.state == known }) {
        words[place].words.append(word)
      } else {
        words.append((known, [word]))
      }
    }
    // What each event has for itself names the event, and no call.
    let call = roles.columns[.call]?.last.flatMap { column in
      column.distinct.count == column.values.count && column.values.count > 1 ? nil : column
    }
    // Of a list of other things, such as yes and no, few are states.
    if words.count < 2 { return nil }
    var members: [JSONValue.Member] = []
    let id = sample.columns.first { column in
      column.words.contains("id") && column.name != agent.name
        && column.name != call?.name
        && column.distinct.count == column.values.count
    }
    if let id { members.append(.init("sequence_id", .string(id.name))) }
    members.append(.init("timestamp", .string(time.name)))
    if let call {
      members.append(.init("interaction_id", .string(call.name)))
    }
    members += [.init("agent_id", .string(agent.name)), .init("state", .string(state.name))]
    var mapping: [JSONValue.Member] = [
      .init("type", "mapping"), .init("members", .object(members)),
    ]
    if format != .iso { mapping.append(.init("time_format", .string(format.optionText))) }
    mapping += [
      .init(
        "states",
        .object(
          words.map { entry in
            .init(
              entry.state,
              entry.words.count == 1
                ? .string(entry.words[0]) : .array(entry.words.map { .string($0) }))
          })), .init("defaults", ["event_type": .string(AgentState.eventType)]),
    ]
    connections = ["theirs": .object(mapping)]
    options = sample.options + [.init("mapping", "theirs")]
    hasCalls = call != nil
    if !hasCalls {
      doubts.append("no column is called like a call: without one, calls aren't checked")
    }
    told = state.values.indices.prefix(3).map { row in
      "\(agent.values[row]): \(state.values[row]) at \(time.values[row])"
    }
    reasons = [
      "each record is an event: \(state.name.quoted) has a few words, and none tells an end",
      "timestamp: \(time.name.quoted), written as \(format.optionText)",
    ]
    if !unknown.isEmpty {
      doubts.append(
        "nothing says which states \(unknown.prefix(12).map(\.quoted).joined(separator: ", ")) are: add them to \"states\""
      )
    }
  }

  private static func stateColumn(_ sample: RecordSample, but taken: [String]) -> SampledColumn? {
    let says = ["state", "status", "event", "action", "activity", "what", "type"]
    let few = sample.columns.filter { column in
      column.kind == .text && (2...40).contains(column.distinct.count)
        && !taken.contains(column.name)
    }
    return says.lazy.compactMap { word in few.first { $0.words.contains(word) } }.first
  }

  private static func state(of word: String) -> String? {
    let parts = SampledColumn.words(in: word)
    // What says no to a state is another one, and nobody knows which.
    let isNegated = parts.contains { part in
      ["not", "no", "non", "un", "in", "never", "without"].contains { no in
        (part == no && no != "in")
          || (part.hasPrefix(no)
            && states.contains { entry in
              entry.words.contains { part.dropFirst(no.count).hasPrefix($0) }
            })
      }
    }
    if isNegated { return nil }
    return states.first { entry in
      entry.words.contains { known in
        parts.contains { $0.hasPrefix(known) } || parts.joined().hasPrefix(known)
      }
    }?.state
  }
}
