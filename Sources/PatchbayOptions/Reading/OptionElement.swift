public import PatchbayJSON

/// Anything that can be read from one value of a configuration.
///
/// Stage authors seldom conform to it directly: a text with a grammar is an `OptionText`, a word
/// out of some an `OptionChoice`, an object an `OptionGroup`, and one of several forms an
/// `OptionUnion`.
public protocol OptionElement: Sendable {
  /// What a value looks like. Asked whenever options are described; must always say the same.
  static var shape: OptionShape { get }

  /// Reads a value, or reports at least one error and returns nil.
  ///
  /// Called once for each value in a configuration, on the task that decodes it.
  static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Self?

  /// Reads a value together with its effective form and the names it refers to.
  ///
  /// The default calls `read(_:at:into:)`; values that are made of others collect from those.
  static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self>
}

extension OptionElement {
  /// Reads a value; its effective form is what stands in the configuration, or a placeholder if a
  /// secret may stand in it.
  public static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self> {
    decode(node, at: path) { _ in shape.mayHoldSecret ? Secret.placeholder : node.value }
  }

  /// Reads a value and asks for its effective form if it was accepted.
  static func decode(
    _ node: JSONNode, at path: OptionPath, effective: (Self) -> JSONValue
  ) -> DecodedOptions<Self> {
    var issues = IssueList()
    let value = read(node, at: path, into: &issues)
    if value == nil, !issues.hasErrors {
      issues.reportMismatch(of: node, with: shape, at: path)
    }
    return DecodedOptions(value, issues, effective: value.map(effective) ?? .null)
  }
}
