import ContactModel
import PatchbayCore
import PatchbayJSON

/// Which records say where an agent is, as those of a log of events do.
struct PresenceRecords: OptionGroup {
  let field: String
  let presences: [String: PresenceWord]
  let time: [String]
  let reason: String
  let reasons: [String: PresenceWord]

  init(from options: inout OptionReader) {
    field = options.value(
      "field", default: "", doc: "The column or path that says what a record is.")
    presences = options.value(
      "are", default: [:], doc: "For each word that may stand there the presence that it tells of.")
    time = options.oneOrMany(
      "time", default: [], .each(.nonEmpty),
      doc: "The columns or paths that say from when on; those of `start` if not set.")
    reason = options.value(
      "reason", default: "", doc: "The column or path that says why, as of a pause.")
    reasons = options.value(
      "reasons", default: [:],
      doc: "For reasons, in small letters, the presence that is meant then.")
    options.check(
      field.isEmpty == presences.isEmpty, at: "are",
      "goes together with \"field\": what stands in it")
    options.check(
      !reason.isEmpty || reasons.isEmpty, at: "reasons",
      "goes together with \"reason\": what stands in it")
  }

  var isAsked: Bool { !field.isEmpty }
}

/// A presence by the name that it has in events, such as `on_queue`.
struct PresenceWord: OptionValue {
  let presence: SystemPresence

  static var shape: OptionShape { .choice(SystemPresence.allCases.map { .init($0.stateName) }) }

  var json: JSONValue { .string(presence.stateName) }

  static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> PresenceWord? {
    let name = node.value.string ?? ""
    if let presence = SystemPresence.allCases.first(where: { $0.stateName == name }) {
      return PresenceWord(presence: presence)
    }
    issues.reportMismatch(of: node, with: shape, at: path)
    return nil
  }
}
