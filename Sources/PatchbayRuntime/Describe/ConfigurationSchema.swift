import PatchbayCore
package import PatchbayJSON

/// The JSON Schema (draft 2020-12) of configurations with the types of a registry.
///
/// It accepts every configuration that the planner accepts, and may accept more: what only the whole
/// shows (inputs, connections, thresholds on metrics), ranges of durations and checks across
/// options can't be said in a schema.
package struct ConfigurationSchema {
  private let registry: StageRegistry
  private var builder = OptionSchemaBuilder()
  private var definitions: [JSONValue.Member] = []

  package init(_ registry: StageRegistry) {
    self.registry = registry
  }

  /// The whole document.
  package static func document(_ registry: StageRegistry) -> JSONValue {
    var schema = ConfigurationSchema(registry)
    return schema.make()
  }

  private mutating func make() -> JSONValue {
    let run: JSONValue = .object(
      [.init("description", "How it is run.")] + builder.members(of: RunOptions.options))
    let connections = entries(
      "connection", registry.connections.map { ($0.type, $0.doc, Self.description(of: $0)) })
    let sections = StageRole.allCases.map { role in
      (
        role,
        entries(
          role.rawValue,
          registry.stages(of: role).map { ($0.type, $0.doc, Self.description(of: $0)) },
          role)
      )
    }
    let strict: [JSONValue.Member] =
      [.init("run", run), .init("connections", connections)]
      + sections.map { .init($0.section, $1) }
      + [
        .init(
          "thresholds",
          Self.thresholds(
            orNull: false, long: builder.members(of: ThresholdOptions.options)))
      ]
    let loose: [JSONValue.Member] = Self.loose
    let atLeastOne: JSONValue = ["minProperties": 1]
    definitions += builder.definitions
    return .object([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Patchbay pipeline"),
      .init("type", "object"),
      .init("properties", .object(Self.common + (strict.map { .init($0.name, true) }))),
      .init("additionalProperties", false),
      .init("if", ["required": ["include"]]),
      .init("then", ["properties": .object(loose)]),
      .init(
        "else",
        [
          "required": ["sources", "sinks"],
          "properties": .object(
            strict.map { member in
              let isNeeded = ["sources", "sinks"].contains(member.name)
              return .init(
                member.name, isNeeded ? ["allOf": [member.value, atLeastOne]] : member.value)
            }),
        ]),
      .init("$defs", .object(definitions)),
    ])
  }

  /// Members that mean the same with and without `include`.
  private static let common: [JSONValue.Member] = [
    .init("$schema", ["description": "Where editors find this schema."]),
    .init(
      "name",
      [
        "description": "The pipeline's name.",
        "type": "string", "minLength": 1,
      ]),
    .init(
      "include",
      [
        "description": """
        Files to start from, by paths from this file's folder; this file's members are merged \
        over theirs.
        """,
        "anyOf": [
          ["type": "string", "minLength": 1],
          ["type": "array", "items": ["type": "string", "minLength": 1]],
        ],
      ]),
    .init(
      "templates",
      [
        "description": "Options that stages and connections take by naming a template.",
        "type": "object",
        "additionalProperties": ["type": "object", "properties": ["template": false]],
      ]),
    .init(
      "profiles",
      [
        "description": "Changes to choose by --profile; null removes a member.",
        "type": "object",
        "additionalProperties": [
          "type": "object", "additionalProperties": false,
          "properties": .object(
            loose + [.init("$schema", true), .init("name", true)]),
        ],
      ]),
  ]

  /// Sections whose entries may be parts of something else.
  private static let loose: [JSONValue.Member] = {
    let entries: JSONValue = [
      "type": ["object", "null"], "additionalProperties": ["type": ["object", "null"]],
    ]
    return [.init("run", ["type": ["object", "null"]]), .init("connections", entries)]
      + StageRole.allCases.map { .init($0.section, entries) }
      + [
        .init("thresholds", thresholds(orNull: true, long: nil)),
        .init("templates", ["type": ["object", "null"]]),
      ]
  }()

  /// - Parameter long: the members of the long form's schema; nil where any object will do.
  private static func thresholds(orNull: Bool, long: [JSONValue.Member]?) -> JSONValue {
    let plain: JSONValue = [
      "type": "string",
      "pattern": #"^(<=|>=|==|!=|<|>) *-?[0-9.]+$|\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}"#,
    ]
    let condition: JSONValue = [
      "anyOf": [plain, long.map { .object($0) } ?? ["type": "object"]]
    ]
    return [
      "description": """
      Conditions on metrics, such as ">= 0.99"; one that fails makes the run exit with 99.
      """,
      "type": orNull ? ["object", "null"] : "object",
      "properties": orNull
        ? [:]
        : .object(
          MetricCatalog.entries.map { entry in
            .init(
              entry.name,
              .object([.init("description", .string(entry.doc))] + (condition.object ?? [])))
          }),
      "additionalProperties": orNull ? ["anyOf": [condition, ["type": "null"]]] : condition,
    ]
  }

  // MARK: Entries

  /// A section: names, and for each an entry of one of the types.
  private mutating func entries(
    _ noun: String, _ types: [(name: String, doc: String, options: OptionGroupDescription)],
    _ role: StageRole? = nil
  ) -> JSONValue {
    let hasInputs = role != nil && role != .source
    for type in types {
      define("\(noun).\(type.name)", type.doc, type.options, role)
    }
    let choices = types.map { type -> JSONValue in
      [
        "if": ["required": ["type"], "properties": ["type": ["const": .string(type.name)]]],
        "then": ["$ref": .string("#/$defs/\(noun).\(type.name)")],
      ]
    }
    definitions.append(
      .init(
        noun,
        [
          "type": "object",
          "properties": [
            "type": [
              "description": "What it is.",
              "anyOf": [
                ["enum": .array(types.map { .string($0.name) })],
                ["type": "string", "pattern": #"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}"#],
              ],
            ],
            "inputs": hasInputs ? ["uniqueItems": true] : [:],
          ],
          "anyOf": [["required": ["type"]], ["required": ["template"]]],
          "allOf": .array(choices),
        ]))
    return [
      "type": "object",
      "propertyNames": ["pattern": "^[a-z0-9_-]{1,64}$"],
      "additionalProperties": ["$ref": .string("#/$defs/\(noun)")],
    ]
  }

  private mutating func define(
    _ name: String, _ doc: String, _ options: OptionGroupDescription, _ role: StageRole?
  ) {
    let hasInputs = role != nil && role != .source
    let members = builder.members(of: options)
    func member(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }
    let properties =
      Self.shared(hasInputs: hasInputs) + (role == .sink ? sinkProperties() : [])
      + (member("properties")?.object ?? [])
    let required =
      (hasInputs ? [JSONValue.string("inputs")] : []) + (member("required")?.array ?? [])
    // With a template an entry may lack whatever the template has, and take back what it doesn't.
    definitions.append(
      .init(
        name,
        .object([
          .init("description", .string(doc)),
          .init("type", "object"),
          .init("if", ["required": ["template"]]),
          .init(
            "then",
            [
              "properties": .object(
                properties.map { property in
                  let strict = "#/$defs/\(name)/else/properties/\(property.name)"
                  return .init(
                    property.name, ["anyOf": [["$ref": .string(strict)], ["type": "null"]]])
                }),
              "additionalProperties": false,
            ]),
          .init(
            "else",
            .object(
              [.init("properties", .object(properties)), .init("additionalProperties", false)]
                + (required.isEmpty ? [] : [.init("required", .array(required))])
                + (member("allOf").map { [.init("allOf", $0)] } ?? []))),
        ])))
  }

  /// What every sink's entry may say beside its type's options.
  private mutating func sinkProperties() -> [JSONValue.Member] {
    let members = builder.members(of: SinkEntry.options)
    return members.first { $0.name == "properties" }?.value.object ?? []
  }

  private static func shared(hasInputs: Bool) -> [JSONValue.Member] {
    let inputs: JSONValue = [
      "description": "The stages whose events come in; ports are named with a dot.",
      "type": "array", "minItems": 1, "uniqueItems": true, "items": ["type": "string"],
    ]
    let template: JSONValue = [
      "description": "A template to take options from, or several of which later ones win.",
      "anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]],
    ]
    return [
      .init("type", ["description": "What it is.", "type": "string"]), .init("template", template),
    ]
      + (hasInputs ? [.init("inputs", inputs)] : [])
  }

  private static func description(of stage: (some Stage).Type) -> OptionGroupDescription {
    stage.Options.options
  }

  private static func description(of connection: (some Connection).Type) -> OptionGroupDescription {
    connection.Options.options
  }
}
