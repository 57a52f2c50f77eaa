public import PatchbayJSON

/// What a rule demands of a value: the part of `OptionRule` that help and schema are made of.
public indirect enum OptionDemand: Sendable, Equatable {
  /// At least the first and at most the second value.
  case range(JSONValue, JSONValue)
  /// At least this value.
  case atLeast(JSONValue)
  /// So many elements, entries or characters.
  case count(atLeast: Int)
  /// The same of every element of an array.
  case each(OptionDemand)
  /// Anything else, in words that complete "must be", and for texts as a regular expression of JSON
  /// Schema that accepts at least what the rule does.
  case that(String, pattern: String?)
}

extension OptionDemand {
  /// The demand as help shows it: `from 1 to 100`, `not empty`.
  func text(for shape: OptionShape) -> String {
    switch self {
    case .range(let least, let most): "from \(least.bareText) to \(most.bareText)"
    case .atLeast(let least): "at least \(least.bareText)"
    case .count(1): "not empty"
    case .count(let least): "at least \(least) \(Self.countedNoun(in: shape))"
    case .each(let demand): "each \(demand.text(for: shape.element))"
    case .that(let text, _): text
    }
  }

  /// What a message says of a value that breaks the rule.
  func message(for shape: OptionShape, found node: JSONNode) -> String {
    switch self {
    case .range, .atLeast, .that:
      "must be \(text(for: shape)), found \(node.found(in: shape))"
    case .count(1): "must not be empty"
    case .count: "must have \(text(for: shape)), found \(node.count)"
    case .each(let demand): demand.message(for: shape.element, found: node)
    }
  }

  private static func countedNoun(in shape: OptionShape) -> String {
    switch shape {
    case .list, .oneOrMany: "elements"
    case .map: "entries"
    case .any, .boolean, .integer, .number, .string, .text, .choice, .secret, .reference, .group,
      .union, .recursive:
      "characters"
    }
  }
}

extension JSONValue {
  /// The value in running text: a string without its quotes.
  fileprivate var bareText: String { string ?? text() }
}

extension JSONNode {
  /// How many elements, members or characters the value has; 1 for any other value.
  fileprivate var count: Int {
    switch content {
    case .array(let elements): elements.count
    case .object(let members): members.count
    case .string(let text): text.count
    case .null, .bool, .integer, .number: 1
    }
  }
}
