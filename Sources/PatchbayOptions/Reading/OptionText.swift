public import PatchbayJSON

/// A value that is written as a text with a grammar of its own: `30s`, `64KiB`, `300/min`.
public protocol OptionText: OptionValue {
  /// The type's name in messages and help, an example in quotes there, and a regular expression for
  /// the schema that every accepted text matches.
  static var grammar: (name: String, example: String, pattern: String?) { get }

  /// The unit that a number without one probably lacks, for the question in a message.
  static var likelyUnits: [String] { get }

  /// Reads a text, or returns nil if it doesn't follow the grammar.
  init?(optionText: String)

  /// What is wrong with a text that was refused, as the rest of a sentence: `has no host`; nil if the
  /// example says enough. It must not repeat the text, which may hold a secret.
  static func problem(with optionText: String) -> String?

  /// The value written back; reading it gives the same value.
  var optionText: String { get }
}

extension OptionText {
  /// No unit.
  public static var likelyUnits: [String] { [] }

  /// Nothing: the example says enough.
  public static func problem(with optionText: String) -> String? { nil }

  /// A text with this grammar.
  public static var shape: OptionShape {
    let (name, example, pattern) = grammar
    return .text(name: name, example: example, pattern: pattern)
  }

  /// The text.
  public var json: JSONValue { .string(optionText) }

  /// Reads a text; a plain number is refused with its likely unit.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Self? {
    if case .string(let text) = node.content, let value = Self(optionText: text) { return value }
    let text = node.value.string ?? node.value.integer.map { String($0) }
    // A unit can only be lacking behind a number.
    let lacksUnit = text?.utf8.last?.isASCIIDigit ?? false
    let completed = lacksUnit ? likelyUnits.map { (text ?? "") + $0 } : []
    let meant = completed.filter { Self(optionText: $0) != nil }.map { JSONValue.string($0) }
    issues.reportMismatch(
      of: node, with: shape, at: path, meantOneOf: meant,
      because: node.value.string.flatMap { problem(with: $0) })
    return nil
  }
}
