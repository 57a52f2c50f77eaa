public import PatchbayJSON

extension String: OptionValue {
  /// Any text.
  public static var shape: OptionShape { .string }

  /// The text.
  public var json: JSONValue { .string(self) }

  /// Reads a text.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> String? {
    if case .string(let text) = node.content { return text }
    let meant = node.value.integer.map { JSONValue.string(String($0)) }
    issues.reportMismatch(of: node, with: shape, at: path, meant: meant)
    return nil
  }
}
