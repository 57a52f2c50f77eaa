import PatchbayCore
import PatchbayJSON

/// How somebody else's objects stand for events: options made ready.
struct EventMapping: Sendable {
  /// A member of events that has a place in their objects.
  struct Mapped: Sendable {
    let name: String
    /// Which of ours it is; nil for an attribute.
    let member: EventMember?
    let place: String
    /// Nil if the place is no path, and so a column's name.
    let path: ValuePath?
    let isNumber: Bool
  }

  let mapped: [Mapped]
  let tree: ShapeTree
  let constants: [MappedConstants.Entry]
  let timeFormat: TimeFormat
  let timeZone: ZoneName
  /// Their words, by our states.
  let words: [String: String]
  /// Our states, by their words.
  let states: [String: String]
  let defaults: [EventMember: String]
  let keepsOthers: Bool
  /// Names that members of theirs can't have as attributes, since they are of something else.
  let ourNames: Set<String>
  /// The attribute that holds members of theirs with such names.
  static let apart = "theirs"

  init(_ options: MappingOptions) {
    mapped = options.members.entries.map { entry in
      Mapped(
        name: entry.name, member: EventMember(rawValue: entry.name), place: entry.place,
        path: ValuePath(entry.place), isNumber: options.numbers.contains(entry.name))
    }
    var tree = ShapeTree()
    for (place, member) in mapped.enumerated() {
      if let names = member.path?.names { tree.add(.member(place), at: names) }
    }
    for entry in options.constants.entries {
      guard let names = entry.path.names else { continue }
      tree.add(.constant(entry.value, text: Array(entry.value.text().utf8)), at: names)
    }
    self.tree = tree
    constants = options.constants.entries
    timeFormat = options.timeFormat
    timeZone = options.timeZone
    words = Dictionary(
      options.states.entries.map { ($0.state, $0.words[0]) },
      uniquingKeysWith: { first, _ in first }
    )
    states = Dictionary(
      options.states.entries.flatMap { entry in entry.words.map { ($0, entry.state) } },
      uniquingKeysWith: { first, _ in first })
    defaults = Dictionary(
      options.defaults.compactMap { name, value in
        EventMember(rawValue: name).map { ($0, value) }
      }, uniquingKeysWith: { first, _ in first })
    keepsOthers = options.others == .keep
    ourNames = Set(EventMember.allCases.map(\.rawValue) + mapped.map(\.name) + [Self.apart])
  }
}
