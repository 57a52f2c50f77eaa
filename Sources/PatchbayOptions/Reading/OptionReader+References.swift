import PatchbayJSON

extension OptionReader {
  /// Declares the name of something else in the configuration, which must be given.
  ///
  /// Whether such a thing exists is found out where all of them are known.
  ///
  /// - Parameters:
  ///   - name: the option's name, in snake case; the property's name.
  ///   - kind: what is named, such as `connection`.
  ///   - formerNames: names the option once had, still understood with a warning.
  ///   - doc: what the named thing is used for, in one sentence.
  public mutating func reference(
    _ name: String, to kind: String, formerly formerNames: [String] = [], doc: String
  ) -> String {
    let shape = OptionShape.reference(kind: kind)
    let example = "my-\(kind)"
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, shape, .required(example: .string(example)),
      rules: [.count(atLeast: 1)])
    return take(reference: option, kind) ?? example
  }

  /// Declares the name of something else in the configuration, with a default that is looked up
  /// like any other name.
  public mutating func reference(
    _ name: String, to kind: String, default fallback: String,
    formerly formerNames: [String] = [], doc: String
  ) -> String {
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, .reference(kind: kind),
      .defaulted(.string(fallback)), rules: [.count(atLeast: 1)]
    ) { fallback.problems(as: "default", [.nonEmpty]) }
    return take(reference: option, kind, substitute: .string(fallback)) ?? fallback
  }

  /// Declares the name of something else in the configuration that the stage can go without.
  public mutating func optionalReference(
    _ name: String, to kind: String, formerly formerNames: [String] = [], doc: String
  ) -> String? {
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, .reference(kind: kind), .optional,
      rules: [.count(atLeast: 1)])
    return take(reference: option, kind)
  }

  private mutating func take(
    reference option: OptionDescription, _ kind: String, substitute: JSONValue? = nil
  ) -> String? {
    var reference: OptionReference?
    let outcome = take(option, [.nonEmpty], substitute: substitute) { node, path in
      var issues = IssueList()
      guard case .string(let name) = node.content else {
        issues.reportMismatch(of: node, with: option.shape, at: path)
        return DecodedOptions<String>(nil, issues, effective: .null)
      }
      reference = OptionReference(
        kind: kind, name: name, path: path, position: node.position, origin: node.origin)
      return DecodedOptions(name, issues, effective: .string(name))
    }
    if outcome.value != nil, let reference { note(reference) }
    return outcome.value
  }
}
