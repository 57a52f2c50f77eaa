import PatchbayJSON

extension OptionReader {
  /// Declares an option with a default.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - fallback: the value when it isn't set.
  ///   - rules: what the value must fulfil, and the default too.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what it does, in one sentence, with its consequence; default and rules are added.
  public mutating func value<Value: OptionValue>(
    _ name: String, default fallback: Value, _ rules: OptionRule<Value>...,
    formerly formerNames: [String] = [], doc: String
  ) -> Value {
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, shape(Value.self, of: name),
      .defaulted(fallback.json), rules: rules.map(\.demand)
    ) { fallback.problems(as: "default", rules) + Value.exampleProblems() }
    return take(option, rules, Value.decode).value ?? fallback
  }

  /// Declares an option that must be set.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - example: a value that fulfils the rules; shown to users, and stands in after an issue.
  ///   - rules: what the value must fulfil.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what it does, in one sentence.
  public mutating func required<Value: OptionValue>(
    _ name: String, example: Value, _ rules: OptionRule<Value>...,
    formerly formerNames: [String] = [], doc: String
  ) -> Value {
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, shape(Value.self, of: name),
      .required(example: example.json), rules: rules.map(\.demand)
    ) { example.problems(as: "example", rules) + Value.exampleProblems() }
    return take(option, rules, Value.decode).value ?? example
  }

  /// Declares an option that the stage can go without; nil when it isn't set.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - rules: what a value must fulfil.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what it does, in one sentence, and what happens without it.
  public mutating func optional<Value: OptionElement>(
    _ name: String, _ rules: OptionRule<Value>..., formerly formerNames: [String] = [],
    doc: String
  ) -> Value? {
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, shape(Value.self, of: name), .optional,
      rules: rules.map(\.demand), selfCheck: Value.exampleProblems)
    return take(option, rules, Value.decode).value
  }

  /// Declares a credential that must be set.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - variable: the environment variable that examples take it from.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what it is for, in one sentence.
  public mutating func secret(
    _ name: String, variable: String, formerly formerNames: [String] = [], doc: String
  ) -> Secret {
    let example = "${\(variable)}"
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, .secret, .required(example: .string(example)),
      rules: [.count(atLeast: 1)])
    return take(option, [.given], Secret.decode).value ?? Secret(example)
  }
}

extension OptionReader.Outcome {
  /// The value, unless the option isn't set or was refused.
  var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }
}
