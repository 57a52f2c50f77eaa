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
}
