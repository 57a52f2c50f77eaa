import PatchbayJSON

extension OptionElement {
  /// What is wrong with the example that the shape gives, as with a grammar that it doesn't follow.
  @Sendable
  static func exampleProblems() -> [String] {
    guard let example = shape.example else { return [] }
    return decode(JSONNode(example), at: OptionPath()).issues
      .map { "the type's example \(example.text()) is refused: \($0.text)" }
  }
}

extension OptionValue {
  /// What is wrong with the value as a default or an example, called so.
  func problems(as role: String, _ rules: [OptionRule<Self>]) -> [String] {
    let decoded = Self.decode(JSONNode(json), at: OptionPath())
    guard let again = decoded.value else {
      return decoded.issues.map { "the \(role) \(json.text()) is refused: \($0.text)" }
    }
    let changed = again.json == json ? [] : ["reads as \(again.json.text())"]
    let broken = rules.filter { !$0.violations(self).isEmpty }
      .map { "breaks its rule: \($0.demand.text(for: Self.shape))" }
    return (changed + broken).map { "the \(role) \(json.text()) \($0)" }
  }
}
