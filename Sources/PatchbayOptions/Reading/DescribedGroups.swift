/// The groups whose description is being made, outermost first: what ends a recursion.
enum DescribedGroups {
  @TaskLocal private static var types: [ObjectIdentifier] = []

  /// Whether the group's description is being made.
  static func contains(_ type: any OptionGroup.Type) -> Bool {
    types.contains(ObjectIdentifier(type))
  }

  /// Makes a description of the group.
  static func entering<Group: OptionGroup, Result>(
    _ type: Group.Type, _ describe: () -> Result
  ) -> Result {
    $types.withValue(types + [ObjectIdentifier(type)], operation: describe)
  }

  /// The type's name with its module, of characters that a URI fragment can hold.
  static func name(of type: any OptionGroup.Type) -> String {
    let parts = String(reflecting: type).utf8.split(separator: UInt8(ascii: "."))
      .filter { $0.first != UInt8(ascii: "(") }
      .map { $0.map { $0.isASCIILetter || $0.isASCIIDigit ? $0 : UInt8(ascii: "_") } }
    return String(decoding: Array(parts.joined(separator: [UInt8(ascii: ".")])), as: UTF8.self)
  }
}
