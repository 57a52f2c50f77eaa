public import PatchbayJSON

extension Bool: OptionValue {
  /// `true` or `false`.
  public static var shape: OptionShape { .boolean }

  /// The literal.
  public var json: JSONValue { .bool(self) }

  /// Reads a literal.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Bool? {
    if let value = node.scalar.bool { return value }
    let meant = node.value.string.flatMap { Bool($0.lowercased()) }
    issues.reportMismatch(of: node, with: shape, at: path, meant: meant.map { .bool($0) })
    return nil
  }
}
