import PatchbayJSON

extension OptionReader {
  /// Declares a choice between forms that must be made.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what is chosen, in one sentence.
  public mutating func required<Union: OptionUnion>(
    _ name: String, formerly formerNames: [String] = [], doc: String
  ) -> Union {
    let shape = shape(Union.self, of: name)
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, shape, .required(example: shape.example ?? .null))
    return take(option, [], Union.decode).value ?? Union.standIn()
  }

  /// Declares a choice between forms with a default.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - fallback: the word of the form taken when it isn't set; nothing in it may be required.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what is chosen, in one sentence.
  public mutating func value<Union: OptionUnion>(
    _ name: String, default fallback: String, formerly formerNames: [String] = [], doc: String
  ) -> Union {
    let word = JSONValue.string(fallback)
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, shape(Union.self, of: name), .defaulted(word)
    ) {
      Union.decode(JSONNode(word), at: OptionPath()).issues
        .map { "the default \(word.text()) is refused: \($0.text)" }
    }
    return take(option, [], substitute: word, Union.decode).value
      ?? Union.standIn(preferring: fallback)
  }
}
