import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

extension Call {
  /// The body as a group of options, which refuses what it doesn't know.
  ///
  /// - Throws: 415, 413 or 400 with everything that is wrong.
  func group<Group: OptionGroup>(_ type: Group.Type = Group.self) throws(Refusal) -> Group {
    try Self.group(json())
  }

  /// The body as a group of options; without one, the options' defaults.
  func optionalGroup<Group: OptionGroup>(_ type: Group.Type = Group.self) throws(Refusal) -> Group {
    let json = try optionalJSON()
    return try Self.group(json == .null ? [:] : json)
  }

  /// The query as a group of options.
  ///
  /// - Parameter numbers: the parameters that are numbers.
  func queryGroup<Group: OptionGroup>(
    _ type: Group.Type = Group.self, numbers: Set<String>
  ) throws(Refusal) -> Group {
    let query = try query()
    return try Self.group(
      .object(
        query.names.map { name in
          let text = query[name].last ?? ""
          let number = numbers.contains(name) ? Int(text) : nil
          return .init(name, number.map { .integer($0) } ?? .string(text))
        }))
  }

  private static func group<Group: OptionGroup>(_ json: JSONValue) throws(Refusal) -> Group {
    do throws(InvalidOptions) {
      return try Group(json)
    } catch {
      throw .badRequest("\(error)", upTo: 2_000)
    }
  }
}

extension OptionReader {
  /// Declares the id of a user or the like, a UUID in any case.
  mutating func id(_ name: String, formerly formerNames: [String] = [], doc: String) -> UUIDBits? {
    let text: String? = optional(
      name, .that("a UUID") { UUIDBits(anyCase: $0) != nil }, formerly: formerNames, doc: doc)
    return text.flatMap { UUIDBits(anyCase: $0) }
  }
}

extension Schema {
  /// The schema of a group of options.
  static func group<Group: OptionGroup>(_ type: Group.Type, _ title: String) -> Schema {
    Schema(json: Group.options.embeddedSchema(title: title))
  }
}
