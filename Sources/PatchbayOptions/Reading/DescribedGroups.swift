import Synchronization

/// The groups whose description is being made, outermost first: what ends a recursion.
enum DescribedGroups {
  @TaskLocal private static var types: [ObjectIdentifier] = []

  /// Whether the group's description is being made.
  static func contains(_ type: any OptionGroup.Type) -> Bool {
    types.contains(ObjectIdentifier(type))
  }

  /// Descriptions that aren't part of another.
  ///
  /// They always say the same, and making one takes longer than decoding an object.
  private static let made = Mutex<[ObjectIdentifier: any Sendable]>([:])

  /// Makes a description of the group, or gives the one that was made before.
  static func entering<Group: OptionGroup, Result: Sendable>(
    _ type: Group.Type, _ describe: () -> Result
  ) -> Result {
    let id = ObjectIdentifier(type)
    if types.isEmpty, let known = made.withLock({ $0[id] }) as? Result { return known }
    let result = $types.withValue(types + [id], operation: describe)
    if types.isEmpty { made.withLock { $0[id] = result } }
    return result
  }

  /// The type's name with its module, of characters that a URI fragment can hold.
  static func name(of type: any OptionGroup.Type) -> String {
    let parts = String(reflecting: type).utf8.split(separator: UInt8(ascii: "."))
      .filter { $0.first != UInt8(ascii: "(") }
      .map { $0.map { $0.isASCIILetter || $0.isASCIIDigit ? $0 : UInt8(ascii: "_") } }
    return String(decoding: Array(parts.joined(separator: [UInt8(ascii: ".")])), as: UTF8.self)
  }
}
