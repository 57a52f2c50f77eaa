import ContactModel
import PatchbayCore
import PatchbayJSON

/// Which ids of a recording are which of the sandbox.
struct IDBindings {
  private var actual: [String: String] = [:]
  private var recorded: [String: String] = [:]

  /// Ids that both have from the start.
  init(same ids: some Sequence<String>) {
    for id in ids { bind(id, to: id) }
  }

  mutating func bind(_ id: String, to other: String) {
    actual[id] = other
    recorded[other] = id
  }

  func actual(of id: String) -> String? { actual[id] }

  func recorded(of id: String) -> String? { recorded[id] }

  /// A text with the ids that it names put in the sandbox's terms.
  func translate(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while !rest.isEmpty {
      let candidate = rest.prefix(36)
      if candidate.utf8.count == 36, UUIDBits(anyCase: String(candidate)) != nil {
        let id = candidate.lowercased()
        result += actual[id] ?? id
        rest = rest.dropFirst(36)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  func translate(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(translate(text))
    case .array(let values): .array(values.map(translate))
    case .object(let members):
      .object(members.map { .init(translate($0.name), translate($0.value)) })
    default: value
    }
  }
}

/// Holds an answer of the sandbox against a recorded one.
///
/// Times and numbers have to be such, not the same; words have to be the same; ids have to mean the same
/// throughout; what a fake stands for may be any text.
struct AnswerComparison {
  private let operation: String
  private(set) var bindings: IDBindings
  private(set) var differences: [Difference] = []

  init(of operation: String, _ bindings: IDBindings) {
    self.operation = operation
    self.bindings = bindings
  }

  mutating func compare(status recorded: Int, with actual: Int) {
    if recorded != actual { add(.status, "", "recorded \(recorded), the sandbox says \(actual)") }
  }

  mutating func compare(_ recorded: JSONValue?, with actual: JSONValue?, at place: String = "") {
    switch (recorded, actual) {
    case (nil, nil): break
    case (_?, nil): add(.member, place, "recorded, but not in the sandbox")
    case (nil, _?): add(.member, place, "in the sandbox alone")
    case (let recorded?, let actual?): compare(values: recorded, actual, at: place)
    }
  }

  private mutating func compare(values recorded: JSONValue, _ actual: JSONValue, at place: String) {
    switch (recorded, actual) {
    case (.object(let members), .object(let others)): compare(members, others, at: place)
    case (.array(let elements), .array(let others)): compare(elements, others, at: place)
    case (.string(let text), .string(let other)): compare(text, other, at: place)
    case (.bool(let flag), .bool(let other)):
      if flag != other { add(.value, place, "recorded \(flag), the sandbox says \(other)") }
    default:
      let (kind, other) = (Self.kind(of: recorded), Self.kind(of: actual))
      if kind != other { add(.type, place, "recorded \(kind), the sandbox has \(other)") }
    }
  }

  private mutating func compare(
    _ members: [JSONValue.Member], _ others: [JSONValue.Member], at place: String
  ) {
    for member in members {
      // Names that are ids, as in maps by id.
      let name = bindings.translate(member.name)
      let other = others.first { $0.name == name }
      compare(member.value, with: other?.value, at: Self.join(place, member.name))
    }
    let names = Set(members.map { bindings.translate($0.name) })
    for other in others where !names.contains(other.name) {
      add(.member, Self.join(place, other.name), "in the sandbox alone")
    }
  }

  private mutating func compare(_ elements: [JSONValue], _ others: [JSONValue], at place: String) {
    if elements.count != others.count {
      add(
        .order, place, "recorded \(Self.amount(elements.count)), the sandbox has \(others.count)")
    }
    let order = Self.order(of: elements.map { $0["id"]?.string.map(bindings.translate) })
    let otherOrder = Self.order(of: others.map { $0["id"]?.string })
    if let order, let otherOrder, order != otherOrder, Set(order) == Set(otherOrder) {
      add(.order, place, "the same elements in another order")
      for (id, element) in zip(order, elements) {
        guard let index = otherOrder.firstIndex(of: id) else { continue }
        compare(values: element, others[index], at: "\(place)[]")
      }
      return
    }
    for (element, other) in zip(elements, others) {
      compare(values: element, other, at: "\(place)[]")
    }
  }

  /// The ids of elements, if all have one.
  private static func order(of ids: [String?]) -> [String]? {
    let known = ids.compactMap { $0 }
    return known.count == ids.count && known.count > 1 ? known : nil
  }

  private mutating func compare(_ text: String, _ other: String, at place: String) {
    if text == Fakes.secret { return }
    if Fakes.marks.contains(where: { text.hasPrefix($0) }) {
      // It stands for a text of somebody's, not for a time or an id.
      if Timestamp(other) != nil || Self.withoutIDs(other) == "{}" {
        add(.type, place, "recorded a free text, the sandbox says \(other.quoted)")
      }
      return
    }
    switch (Timestamp(text) != nil, Timestamp(other) != nil) {
    case (true, true): return
    case (true, false), (false, true):
      return add(.type, place, "recorded \(text.quoted), the sandbox says \(other.quoted)")
    case (false, false): break
    }
    let ids = Self.ids(in: text)
    let otherIDs = Self.ids(in: other)
    guard Self.withoutIDs(text) == Self.withoutIDs(other), ids.count == otherIDs.count else {
      return add(.value, place, "recorded \(text.quoted), the sandbox says \(other.quoted)")
    }
    for (id, otherID) in zip(ids, otherIDs) {
      if let known = bindings.actual(of: id) {
        if known != otherID {
          add(.identity, place, "recorded an id that stands for something else in the sandbox")
        }
      } else if bindings.recorded(of: otherID) != nil {
        add(.identity, place, "recorded an id of its own, where the sandbox has one that is known")
      } else {
        bindings.bind(id, to: otherID)
      }
    }
  }

  private static func ids(in text: String) -> [String] {
    var ids: [String] = []
    var rest = Substring(text)
    while rest.utf8.count >= 36 {
      let candidate = rest.prefix(36)
      if candidate.utf8.count == 36, UUIDBits(anyCase: String(candidate)) != nil {
        ids.append(candidate.lowercased())
        rest = rest.dropFirst(36)
      } else {
        rest.removeFirst()
      }
    }
    return ids
  }

  /// A text with braces for ids, and without what differs with the place that it was recorded at.
  private static func withoutIDs(_ text: String) -> String {
    var result = text
    for id in ids(in: text) { result = result.lowercased().replacing(id, with: "{}") }
    // Addresses of sockets: the host is another, and a channel's id has a prefix of its region.
    if result.hasPrefix("ws://") || result.hasPrefix("wss://") { return "ws" }
    if result.hasPrefix("streaming-") { return "streaming" }
    return result
  }

  private static func join(_ place: String, _ name: String) -> String {
    place.isEmpty ? name : "\(place).\(name)"
  }

  private static func amount(_ count: Int) -> String {
    count == 1 ? "1 element" : "\(count) elements"
  }

  private static func kind(of value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "a boolean"
    case .number, .integer: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  private mutating func add(_ kind: Difference.Kind, _ place: String, _ explanation: String) {
    differences.append(
      Difference(kind: kind, operation: operation, place: place, explanation: explanation))
  }
}
