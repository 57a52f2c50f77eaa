/// Where a value stands in JSON: `Agent.Username`, `segments[segmentType=interact][last].segmentEnd`.
///
/// What is in brackets chooses among an array's elements: those of which a member is something, the first, the
/// last, or one by its number, from 0.
package struct ValuePath: Sendable, Equatable {
  private enum Choice: Sendable, Equatable {
    case those(member: String, value: String)
    case first
    case last
    case number(Int)
  }

  private struct Step: Sendable, Equatable {
    let name: String
    let choices: [Choice]
  }

  private let steps: [Step]

  /// Nil if its brackets aren't as they should be.
  package init?(_ text: String) {
    var steps: [Step] = []
    for part in Self.parts(of: text) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let name = pieces.first, !name.isEmpty else { return nil }
      var choices: [Choice] = []
      for piece in pieces.dropFirst() {
        guard piece.hasSuffix("]"), let choice = Self.choice(piece.dropLast()) else { return nil }
        choices.append(choice)
      }
      steps.append(Step(name: String(name), choices: choices))
    }
    if steps.isEmpty { return nil }
    self.steps = steps
  }

  /// The parts between dots that stand in no brackets.
  private static func parts(of text: String) -> [Substring] {
    var isInBrackets = false
    return text.split(omittingEmptySubsequences: false) { character in
      if character == "[" { isInBrackets = true }
      if character == "]" { isInBrackets = false }
      return character == "." && !isInBrackets
    }
  }

  private static func choice(_ text: Substring) -> Choice? {
    switch text {
    case "first": return .first
    case "last": return .last
    default:
      if let number = Int(text) { return number >= 0 ? .number(number) : nil }
      let sides = text.split(separator: "=", maxSplits: 1)
      return sides.count == 2
        ? .those(member: String(sides[0]), value: String(sides[1])) : nil
    }
  }

  /// The names that lead there, one inside the other; nil if brackets choose on the way.
  package var names: [String]? { steps.allSatisfy(\.choices.isEmpty) ? steps.map(\.name) : nil }

  // MARK: Following

  /// Whether a value has the member that the path begins with.
  package func begins(in value: JSONValue) -> Bool { value[steps[0].name] != nil }

  /// All values that the path leads to: more than one where an array is on the way.
  package func values(in value: JSONValue) -> [JSONValue] {
    steps.reduce([value]) { values, step in
      values.flatMap { value -> [JSONValue] in
        guard let next = value[step.name] else { return [] }
        let elements = next.array ?? [next]
        return step.choices.reduce(elements) { Self.chosen($1, of: $0) }
      }
    }
  }

  /// The value that the path leads to, the first where brackets choose among several; a path of names leads only
  /// through objects, and to arrays as a whole.
  package func value(in value: JSONValue) -> JSONValue? {
    if !steps.allSatisfy(\.choices.isEmpty) { return values(in: value).first }
    var value: JSONValue? = value
    for step in steps { value = value?[step.name] }
    return value
  }

  private static func chosen(_ choice: Choice, of elements: [JSONValue]) -> [JSONValue] {
    switch choice {
    case .those(let member, let value):
      elements.filter { $0[member].flatMap(ValuePath.text) == value }
    case .first: Array(elements.prefix(1))
    case .last: Array(elements.suffix(1))
    case .number(let number): number < elements.count ? [elements[number]] : []
    }
  }

  /// A value as the text that it would be in a row; nil for what none is.
  package static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number, .bool: value.text()
    case .null, .array, .object: nil
    }
  }
}
