import PatchbayJSON

let agent = "00000000-0000-4000-8000-00000000000a"
let otherAgent = "00000000-0000-4000-8000-00000000000b"
let interaction = "00000000-0000-4000-8000-0000000000c1"

/// A well-formed event, with some members replaced, or removed by nil.
func event(
  _ sequenceID: String, state: String = "routing/agent/available", agent: String = agent,
  timestamp: String = "2026-01-31T09:30:00.123456789Z", _ changes: [String: JSONValue?] = [:]
) -> JSONValue {
  let members: [(String, JSONValue)] = [
    ("sequence_id", .string(sequenceID)), ("timestamp", .string(timestamp)),
    ("interaction_id", .string(interaction)), ("agent_id", .string(agent)),
    ("state", .string(state)), ("event_type", "routing/agent/state"),
  ]
  return .object(
    members.compactMap { name, value in
      guard let change = changes[name] else { return .init(name, value) }
      return change.map { .init(name, $0) }
    })
}
