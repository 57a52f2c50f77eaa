public import PatchbayJSON

extension OptionGroupDescription {
  /// The options as a JSON Schema document (draft 2020-12).
  ///
  /// It accepts every object that the reader accepts, and may accept more: ranges of durations and
  /// checks across options can't be said and stand in the descriptions.
  public func schemaDocument(title: String) -> JSONValue {
    var builder = OptionSchemaBuilder()
    var members: [JSONValue.Member] = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", .string(title)),
    ]
    members += builder.members(of: self)
    if !builder.definitions.isEmpty { members.append(.init("$defs", .object(builder.definitions))) }
    return .object(members)
  }

  /// The options as a schema within another document, of what comes as a request's body.
  ///
  /// Nothing stands for a variable there. The group must not contain itself.
  package func embeddedSchema(title: String) -> JSONValue {
    var builder = OptionSchemaBuilder(takesVariables: false)
    let schema = builder.members(of: self)
    precondition(builder.definitions.isEmpty, "\(name) contains itself")
    return .object([.init("title", .string(title))] + schema)
  }
}
