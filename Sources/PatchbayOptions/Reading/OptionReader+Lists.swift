import PatchbayJSON

extension OptionReader {
  /// Declares an array of groups, unions or other elements; without it the array is empty.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - type: the elements' type; usually the property says it.
  ///   - minimum: how many elements there must be; with 1 or more the option must be set.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what the elements are, in one sentence.
  public mutating func list<Element: OptionElement>(
    _ name: String, of type: Element.Type = Element.self, minimum: Int = 0,
    formerly formerNames: [String] = [], doc: String
  ) -> [Element] {
    let shape = shape([Element].self, of: name)
    let example = minimum > 0 ? shape.element.example : nil
    let examples = example.map { Array(repeating: $0, count: minimum) } ?? []
    let rules: [OptionRule<[Element]>] = minimum > 0 ? [.count(atLeast: minimum)] : []
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, shape,
      minimum > 0 ? .required(example: .array(examples)) : .defaulted([]),
      rules: rules.map(\.demand), selfCheck: Element.exampleProblems)
    return take(option, rules, [Element].decode).value
      ?? examples.compactMap { Element.decode(JSONNode($0), at: OptionPath()).value }
  }

  /// Declares an option that is one value or an array of them.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - fallback: the values when it isn't set.
  ///   - rules: what the array must fulfil; `.each` checks the elements.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what the values are, in one sentence.
  public mutating func oneOrMany<Element: OptionValue>(
    _ name: String, default fallback: [Element], _ rules: OptionRule<[Element]>...,
    formerly formerNames: [String] = [], doc: String
  ) -> [Element] {
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, .oneOrMany(Element.shape), .defaulted(fallback.json),
      rules: rules.map(\.demand)
    ) { fallback.problems(as: "default", rules) + Element.exampleProblems() }
    let outcome = take(option, rules) { node, path in
      if case .array = node.content { return [Element].decode(node, at: path) }
      var decoded = Element.decode(node, at: path).map { [$0] }
      let (one, either) = (
        Element.shape.expectation, OptionShape.oneOrMany(Element.shape).expectation
      )
      for index in decoded.issues.indices where decoded.issues[index].code == .wrongType {
        decoded.issues[index].message.replace("expected \(one),", with: "expected \(either),")
      }
      decoded.effective = .array([decoded.effective])
      return decoded
    }
    return outcome.value ?? fallback
  }
}
