import PatchbayJSON

/// Declares options and reads them: what an `OptionGroup` is made from.
///
/// Each call declares one option. While decoding it also returns the option's value; while
/// describing, and after an issue, the default or the example stands in. Only the machinery makes
/// a reader, and it can't be kept or sent.
public struct OptionReader: ~Copyable {
  /// A group after its declaration ran without a configuration.
  struct Described<Group> {
    /// The group, made of defaults and examples.
    var standIn: Group
    /// What it declared.
    var description: OptionGroupDescription
  }

  /// What became of one option.
  enum Outcome<Value> {
    /// It isn't set, or nothing is being decoded.
    case absent
    /// It is set to something that was refused.
    case refused
    /// It is set, or decoded from what stands for it when it isn't.
    case value(Value)
  }

  /// The object that is decoded, or nil to describe.
  let input: OptionGroupInput?
  /// What was declared so far.
  private(set) var description: OptionGroupDescription
  private var issues = IssueList()
  private var missing: [OptionDescription] = []
  private var effective: [JSONValue.Member] = []
  private(set) var references: [OptionReference] = []

  private init(name: String, input: OptionGroupInput?) {
    description = OptionGroupDescription(name: name)
    self.input = input
  }

  /// Runs a declaration without a configuration.
  static func describe<Group>(
    name: String, _ body: (inout OptionReader) -> Group
  ) -> Described<Group> {
    var reader = OptionReader(name: name, input: nil)
    let standIn = body(&reader)
    return Described(standIn: standIn, description: reader.description)
  }

  /// Runs a declaration over an object.
  ///
  /// The group comes back whatever was found, with stand-ins where something was refused; the
  /// decoded result holds it only if there was no error.
  static func decode<Group>(
    _ node: JSONNode, at path: OptionPath, _ described: Described<Group>,
    _ body: (inout OptionReader) -> Group
  ) -> (group: Group, decoded: DecodedOptions<Group>) {
    let description = described.description
    guard let input = OptionGroupInput(node, at: path, description) else {
      var issues = IssueList()
      issues.reportMismatch(of: node, with: .group(description), at: path)
      return (described.standIn, DecodedOptions(nil, issues, effective: .null))
    }
    var reader = OptionReader(name: description.name, input: input)
    let group = body(&reader)
    reader.reportUnknownAndMissing(input)
    reader.reportDeclaredSometimes(input)
    let decoded = DecodedOptions(
      group, reader.issues, effective: .object(reader.effective), references: reader.references)
    return (group, decoded)
  }

  /// What the option's value looks like; while decoding, that was found out before.
  func shape<Element: OptionElement>(_ type: Element.Type, of name: String) -> OptionShape {
    input?.description.options.first { $0.name == name }?.shape ?? type.shape
  }

  /// Declares an option and, when decoding, reads it and checks its rules.
  ///
  /// - Parameter substitute: what is read when the option isn't set; by default nothing is.
  mutating func take<Value>(
    _ option: OptionDescription, _ rules: [OptionRule<Value>], substitute: JSONValue? = nil,
    _ decode: (JSONNode, OptionPath) -> DecodedOptions<Value>
  ) -> Outcome<Value> {
    description.options.append(option)
    guard let input else { return .absent }
    var found = input.member(of: option, into: &issues)
    if found == nil, let substitute {
      found = (JSONNode(substitute, at: input.position), input.path.appending(option.name))
    }
    guard let (node, path) = found else {
      noteAbsent(option)
      return .absent
    }
    let decoded = decode(node, path)
    issues.append(contentsOf: decoded.issues)
    guard let value = decoded.value else { return .refused }
    references += decoded.references
    effective.append(.init(option.name, decoded.effective))
    let isFine = check(value, rules, option, node, path)
    return isFine ? .value(value) : .refused
  }

  /// Notes that an option refers to something else in the configuration.
  mutating func note(_ reference: OptionReference) {
    references.append(reference)
  }

  /// Checks options against each other once all of them are read.
  ///
  /// Not asked while anything in this group is wrong, so that nothing is reported as a consequence
  /// of something else. A check of one option alone is a rule.
  ///
  /// - Parameters:
  ///   - isFine: whether the options go together.
  ///   - name: the option that the message points at.
  ///   - message: what to do, without a full stop: `a PUT carries one event; set events to 1`.
  public mutating func check(
    _ isFine: @autoclosure () -> Bool, at name: String, _ message: @autoclosure () -> String
  ) {
    description.checkedNames.append(name)
    guard let input, !issues.hasErrors, missing.isEmpty, input.unknownMembers.isEmpty, !isFine()
    else { return }
    let option = description.options.first { $0.name == name }
    let member = option.flatMap { input.members(of: $0).first }
    issues.report(
      .checkFailed, at: member?.value.position ?? input.position,
      path: input.path.appending(member?.name ?? name), message: message())
  }

  private mutating func noteAbsent(_ option: OptionDescription) {
    switch option.presence {
    case .required: missing.append(option)
    case .optional: break
    case .defaulted(let value): effective.append(.init(option.name, value))
    }
  }

  private mutating func check<Value>(
    _ value: Value, _ rules: [OptionRule<Value>], _ option: OptionDescription,
    _ node: JSONNode, _ path: OptionPath
  ) -> Bool {
    var isFine = true
    for rule in rules {
      for indices in rule.violations(value) {
        isFine = false
        let (node, path) = node.descendant(at: indices, from: path)
        issues.report(
          .ruleViolated, at: node.position, path: path,
          message: rule.demand.message(for: option.shape, found: node))
      }
    }
    return isFine
  }

  /// Reports names that no option has, and required options that aren't set, unless a misspelt
  /// name was probably meant to be one.
  private mutating func reportUnknownAndMissing(_ input: OptionGroupInput) {
    let unset = description.options.filter { input.members(of: $0).isEmpty }.map(\.name)
    var meant: [String] = []
    for member in input.unknownMembers where !description.understands(member.name) {
      let nearest = NearestName.of(member.name, among: unset)
      if let nearest { meant.append(nearest) }
      let nearestOfAll = NearestName.of(member.name, among: description.options.map(\.name))
      let hint =
        nearestOfAll == nearest
        ? nearest.map { JSONValue.string($0) }.didYouMean
        : nearestOfAll.map { " (did you mean \($0.quoted), which is set already?)" } ?? ""
      issues.report(
        .unknownOption, at: member.position, path: input.path.appending(member.name),
        message: "unknown option" + hint)
    }
    for option in missing where !meant.contains(option.name) {
      guard case .required(let example) = option.presence else { continue }
      issues.report(
        .missingOption, at: input.position, path: input.path.appending(option.name),
        message: "required option is missing: \(option.shape.expectation(example: example))")
    }
  }

  /// Reports options that this configuration declares and the description doesn't, or the other
  /// way round: then help and schema are wrong about the stage.
  private mutating func reportDeclaredSometimes(_ input: OptionGroupInput) {
    let always = input.description.options.map(\.name)
    let now = description.options.map(\.name)
    let sometimes = always.filter { !now.contains($0) } + now.filter { !always.contains($0) }
    for name in sometimes {
      issues.report(
        .declaredSometimes, at: input.position, path: input.path.appending(name),
        message: "the stage declares \(name) only for some values; tell its author")
    }
  }
}

extension OptionReader.Described: Sendable where Group: Sendable {}
