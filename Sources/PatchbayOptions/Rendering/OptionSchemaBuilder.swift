package import PatchbayJSON

/// Makes JSON Schemas of descriptions, and collects the definitions that they share.
///
/// One builder serves all schemas of a document: each definition is made once.
package struct OptionSchemaBuilder {
  /// What the schemas made so far refer to, for the document's `$defs`.
  package var definitions: [JSONValue.Member] {
    groups + (usesVariable ? [.init("variable", Self.variable)] : [])
  }

  private var groups: [JSONValue.Member] = []
  private var recursiveNames: Set<String> = []
  private var usesVariable = false
  private let takesVariables: Bool

  /// - Parameter takesVariables: Whether `${NAME}` may stand for a value, as in a configuration.
  package init(takesVariables: Bool = true) {
    self.takesVariables = takesVariables
  }

  /// The members of a schema for an object with these options.
  package mutating func members(of group: OptionGroupDescription) -> [JSONValue.Member] {
    recursiveNames.formUnion(group.recursiveNames)
    if recursiveNames.contains(group.name) { define(group) }
    return object(group)
  }

  /// The members of a schema for a value, without description and default.
  mutating func members(
    of shape: OptionShape, _ rules: [OptionDemand]
  ) -> [JSONValue.Member] {
    let branches = branches(of: shape, rules)
    guard branches.count != 1 else { return branches[0] }
    return [.init("anyOf", .array(branches.map { .object($0) }))]
  }

  /// The schemas of which one must fit.
  private mutating func branches(
    of shape: OptionShape, _ rules: [OptionDemand]
  ) -> [[JSONValue.Member]] {
    switch shape {
    case .any: [[]]
    case .boolean: orVariable([.init("type", "boolean")])
    case .integer: orVariable([.init("type", "integer")] + rules.flatMap(\.bounds))
    case .number: orVariable([.init("type", "number")] + rules.flatMap(\.bounds))
    case .string: string(rules)
    case .text(_, _, let pattern?):
      orVariable([.init("type", "string"), .init("pattern", .string(pattern))])
    case .text(_, _, nil): [[.init("type", "string")]]
    case .choice: orVariable([.init("enum", .array(shape.words.map { .string($0) }))])
    case .secret:
      [
        [.init("type", "string"), .init("writeOnly", true), .init("x-secret", true)]
          + rules.flatMap { $0.least(as: "minLength") }
      ]
    case .reference: [[.init("type", "string"), .init("minLength", 1)]]
    case .list(let element):
      [
        [.init("type", "array"), .init("items", .object(items(of: element, rules)))]
          + rules.flatMap { $0.least(as: "minItems") }
      ]
    case .map(let element):
      [
        [.init("type", "object"), .init("additionalProperties", .object(members(of: element, [])))]
          + rules.flatMap { $0.least(as: "minProperties") }
      ]
    case .oneOrMany(let element):
      branches(of: element, rules.flatMap(\.ofElement)) + branches(of: .list(element), rules)
    case .group(let group): [reference(to: group)]
    case .union(let variants): union(variants)
    case .recursive(let name): [Self.reference(name)]
    }
  }

  private mutating func items(
    of element: OptionShape, _ rules: [OptionDemand]
  ) -> [JSONValue.Member] {
    members(of: element, rules.flatMap(\.ofElement))
  }

  private mutating func string(_ rules: [OptionDemand]) -> [[JSONValue.Member]] {
    let patterns = rules.flatMap(\.pattern)
    let schema =
      [JSONValue.Member("type", "string")] + rules.flatMap { $0.least(as: "minLength") }
      + patterns.prefix(1)
    // The text of a substitution may be shorter than the least length, its value not.
    let least = rules.compactMap(\.leastCount).max() ?? 0
    return least <= 1 && patterns.isEmpty ? [schema] : orVariable(schema)
  }

  private mutating func union(_ variants: [OptionShape.Variant]) -> [[JSONValue.Member]] {
    let words = variants.filter(\.canBeBareWord).map { JSONValue.string($0.name) }
    var branches = words.isEmpty ? [] : [[JSONValue.Member("enum", .array(words))]]
    for variant in variants {
      guard let content = variant.content else { continue }
      let inner: JSONValue = .object(members(of: content, []))
      branches.append([
        .init("description", .string(variant.doc)), .init("type", "object"),
        .init("properties", .object([.init(variant.name, inner)])),
        .init("required", [.string(variant.name)]), .init("additionalProperties", false),
      ])
    }
    return orVariable(branches)
  }

  private mutating func reference(to group: OptionGroupDescription) -> [JSONValue.Member] {
    guard recursiveNames.contains(group.name) else { return object(group) }
    define(group)
    return Self.reference(group.name)
  }

  private mutating func define(_ group: OptionGroupDescription) {
    guard !groups.contains(where: { $0.name == group.name }) else { return }
    let index = groups.count
    groups.append(.init(group.name, .null))
    groups[index].value = .object(object(group))
  }

  private mutating func orVariable(_ schema: [JSONValue.Member]) -> [[JSONValue.Member]] {
    orVariable([schema])
  }

  private mutating func orVariable(_ branches: [[JSONValue.Member]]) -> [[JSONValue.Member]] {
    guard takesVariables else { return branches }
    usesVariable = true
    return branches + [Self.reference("variable")]
  }

  private static func reference(_ name: String) -> [JSONValue.Member] {
    [.init("$ref", .string("#/$defs/\(name)"))]
  }

  private static let variable: JSONValue = [
    "type": "string", "pattern": #"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}"#,
  ]
}
