import PatchbayJSON

/// A JSON schema as [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0) takes it, made of few words.
struct Schema: Sendable {
  /// One property of an object.
  struct Property: Sendable {
    var name: String
    var schema: Schema
    var isRequired: Bool

    /// A property that is always there.
    static func always(_ name: String, _ schema: Schema) -> Property {
      Property(name: name, schema: schema, isRequired: true)
    }

    /// A property that may be missing.
    static func maybe(_ name: String, _ schema: Schema) -> Property {
      Property(name: name, schema: schema, isRequired: false)
    }
  }

  let json: JSONValue

  static let string = Schema(json: ["type": "string"])
  static let text = Schema(json: ["type": "string", "maxLength": 1000])
  static let boolean = Schema(json: ["type": "boolean"])
  static let integer = Schema(json: ["type": "integer"])
  static let count = Schema(json: ["type": "integer", "minimum": 0])
  static let number = Schema(json: ["type": "number"])
  static let uuid = Schema(json: ["type": "string", "format": "uuid"])
  static let time = Schema(json: ["type": "string", "format": "date-time"])
  static let any = Schema(json: [:])
  /// An object of any members.
  static let map = Schema(json: ["type": "object"])

  /// An object of texts by any names.
  static let texts = Schema(json: ["type": "object", "additionalProperties": ["type": "string"]])

  static func integer(_ range: ClosedRange<Int>) -> Schema {
    Schema(
      json: [
        "type": "integer", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ])
  }

  static func choice(_ values: [String]) -> Schema {
    Schema(json: ["type": "string", "enum": .array(values.map { .string($0) })])
  }

  static func list(_ element: Schema, minimum: Int = 0, maximum: Int? = nil) -> Schema {
    var members: [JSONValue.Member] = [.init("type", "array"), .init("items", element.json)]
    if minimum > 0 { members.append(.init("minItems", .integer(minimum))) }
    if let maximum { members.append(.init("maxItems", .integer(maximum))) }
    return Schema(json: .object(members))
  }

  static func object(_ properties: [Property]) -> Schema {
    var members: [JSONValue.Member] = [
      .init("type", "object"),
      .init("properties", .object(properties.map { .init($0.name, $0.schema.json) })),
    ]
    let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members.append(.init("required", .array(required))) }
    return Schema(json: .object(members))
  }

  /// A schema among the document's components.
  static func named(_ name: String) -> Schema {
    Schema(json: ["$ref": .string("#/components/schemas/\(name)")])
  }

  /// The place of a member that the schema doesn't have; nil if there is none.
  func firstUnknownMember(of value: JSONValue) -> String? {
    Self.unknownMember(of: value, json, at: "")
  }

  private static func unknownMember(
    of value: JSONValue, _ schema: JSONValue, at place: String
  ) -> String? {
    var schema = schema
    if let name = schema["$ref"]?.string?.split(separator: "/").last {
      schema = ComponentSchemas.byName[String(name)]?.json ?? [:]
    }
    switch value {
    case .object(let members):
      guard let properties = schema["properties"] else { return nil }
      for member in members {
        let inner = place.isEmpty ? member.name : "\(place).\(member.name)"
        guard let property = properties[member.name] else { return inner }
        if let found = unknownMember(of: member.value, property, at: inner) { return found }
      }
    case .array(let values):
      guard let items = schema["items"] else { return nil }
      for (index, element) in values.enumerated() {
        if let found = unknownMember(of: element, items, at: "\(place)[\(index)]") { return found }
      }
    default: break
    }
    return nil
  }
}
