import PatchbayJSON

extension OptionSchemaBuilder {
  /// The members of a schema for an object with these options, always in place.
  mutating func object(_ group: OptionGroupDescription) -> [JSONValue.Member] {
    var properties: [JSONValue.Member] = []
    for option in group.options {
      let schema = members(of: option.shape, option.rules)
      properties.append(property(option, schema))
      for name in option.formerNames {
        let doc = "Renamed to \(option.name)."
        properties.append(
          .init(
            name,
            .object([.init("description", .string(doc)), .init("deprecated", true)] + schema)))
      }
    }
    return [.init("type", "object"), .init("properties", .object(properties))]
      + required(group) + [.init("additionalProperties", false)]
  }

  private func property(
    _ option: OptionDescription, _ schema: [JSONValue.Member]
  ) -> JSONValue.Member {
    let unsaid = option.rules.filter { !$0.isSayable(of: option.shape) }
    let notes = unsaid.map { $0.text(for: option.shape) }.joined(separator: ", ")
    let doc = option.doc + (notes.isEmpty ? "" : " (\(notes))")
    var members = [JSONValue.Member("description", .string(doc))] + schema
    if case .defaulted(let value) = option.presence { members.append(.init("default", value)) }
    return .init(option.name, .object(members))
  }

  /// Which options must be set, each under one of its names, and none under two.
  private func required(_ group: OptionGroupDescription) -> [JSONValue.Member] {
    let names = group.options.filter { $0.presence.isRequired && $0.formerNames.isEmpty }
    let renamed = group.options.filter { !$0.formerNames.isEmpty }
    let conditions = renamed.flatMap { option in
      let names = [option.name] + option.formerNames
      let pairs = names.indices.flatMap { one in
        names[(one + 1)...].map { Self.not(Self.requires([names[one], $0])) }
      }
      let oneOfThem: JSONValue = ["anyOf": .array(names.map { Self.requires([$0]) })]
      return (option.presence.isRequired ? [oneOfThem] : []) + pairs
    }
    return (names.isEmpty ? [] : [.init("required", .array(names.map { .string($0.name) }))])
      + (conditions.isEmpty ? [] : [.init("allOf", .array(conditions))])
  }

  private static func requires(_ names: [String]) -> JSONValue {
    ["required": .array(names.map { .string($0) })]
  }

  private static func not(_ schema: JSONValue) -> JSONValue { ["not": schema] }
}

extension OptionShape.Variant {
  /// Whether the word alone will do.
  var canBeBareWord: Bool {
    // What a recursion refers to isn't at hand; accepting too much is allowed.
    guard case .group(let group)? = content else { return true }
    return !group.hasRequiredOptions
  }
}

extension OptionGroupDescription {
  /// The groups that are described further out than where they occur again.
  var recursiveNames: Set<String> {
    options.reduce(into: []) { $0.formUnion($1.shape.recursiveNames) }
  }
}

extension OptionShape {
  fileprivate var recursiveNames: Set<String> {
    switch self {
    case .any, .boolean, .integer, .number, .string, .text, .choice, .secret, .reference: []
    case .list(let element), .map(let element), .oneOrMany(let element): element.recursiveNames
    case .group(let group): group.recursiveNames
    case .union(let variants):
      variants.reduce(into: []) { $0.formUnion($1.content?.recursiveNames ?? []) }
    case .recursive(let name): [name]
    }
  }
}
