public import PatchbayJSON

extension Int: OptionValue {
  /// A whole number.
  public static var shape: OptionShape { .integer }

  /// The number.
  public var json: JSONValue { .integer(self) }

  /// Reads a whole number; `1.0` is one.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Int? {
    if let number = node.scalar.integer { return number }
    let meant = node.value.string.flatMap { Int($0) }
    issues.reportMismatch(of: node, with: shape, at: path, meant: meant.map { .integer($0) })
    return nil
  }
}

extension Double: OptionValue {
  /// Any number.
  public static var shape: OptionShape { .number }

  /// The number.
  public var json: JSONValue { .number(self) }

  /// Reads a number, whole or not.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Double? {
    if let number = node.scalar.number, number.isFinite { return number }
    let meant = node.value.string.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    issues.reportMismatch(of: node, with: shape, at: path, meant: meant.map { .number($0) })
    return nil
  }
}
