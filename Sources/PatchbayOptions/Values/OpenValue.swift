public import PatchbayJSON

/// Any value at all, with its position: for what isn't an option but data, as events in a test.
public struct OpenValue: OptionElement {
  /// The value as it stands in the text.
  public let node: JSONNode

  /// Wraps a value.
  public init(node: JSONNode) {
    self.node = node
  }

  /// Anything.
  public static var shape: OptionShape { .any }

  /// Takes the value as it is.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> OpenValue? {
    OpenValue(node: node)
  }
}
