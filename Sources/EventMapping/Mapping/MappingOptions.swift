package import PatchbayCore

/// The options of a mapping.
package struct MappingOptions: OptionGroup {
  /// What becomes of members of which the mapping says nothing.
  package enum Others: String, OptionChoice {
    case keep
    case drop

    package var doc: String {
      switch self {
      case .keep: "They are kept with the event, and written again where they were."
      case .drop: "They are left out, both ways."
      }
    }
  }

  let members: MappedMembers
  let numbers: [String]
  let timeFormat: TimeFormat
  let timeZone: ZoneName
  let states: StateWords
  let constants: MappedConstants
  let defaults: [String: String]
  let others: Others

  package init(from options: inout OptionReader) {
    members = options.required(
      "members", example: MappedMembers.example,
      .that("an object with at least one member") { !$0.entries.isEmpty },
      doc: "Where members stand: of each of ours a path such as `agent.id`, or a column's name. "
        + "Members beside those of `docs/events.md` are attributes.")
    numbers = options.oneOrMany(
      "numbers", default: [],
      doc: "Which of them are written as numbers; times since 1970 are in any case.")
    timeFormat = options.value(
      "time_format", default: .iso,
      doc: "How times are written: `iso`, `epoch-s`, `epoch-ms`, `epoch-us`, or a pattern of UTS "
        + "35's letters such as `M/d/yyyy h:mm:ss a`.")
    timeZone = options.value(
      "time_zone", default: .universal,
      doc: "The zone of times that don't say theirs, by its IANA name.")
    states = options.value(
      "states", default: .none,
      doc: "For each of our states their word for it, or several, of which the first is written; "
        + "without any their words are ours.")
    constants = options.value(
      "constants", default: .none,
      doc: "Members of theirs that always have the same value, by their paths: they are written, "
        + "and a record in which one is otherwise is rejected.")
    defaults = options.value(
      "defaults", default: [:],
      doc: "What members of ours are where their records don't say, such as `event_type`.")
    others = options.value(
      "others", default: .keep, doc: "What becomes of members of which nothing is said here.")
    let names = Set(members.entries.map(\.name))
    let unknown = numbers.first { !names.contains($0) }
    options.check(
      unknown == nil, at: "numbers",
      "\((unknown ?? "").quoted) is none of the names in \"members\"")
    let wrong = defaults.keys.sorted().first { EventMember(rawValue: $0) == nil }
    options.check(
      wrong == nil, at: "defaults",
      "\((wrong ?? "").quoted) is no member of events: "
        + EventMember.allCases.map(\.rawValue).joined(separator: ", "))
  }
}
