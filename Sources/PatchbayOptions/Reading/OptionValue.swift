public import PatchbayJSON

/// A value that can be written back, so that it can be a default or an example.
public protocol OptionValue: OptionElement {
  /// The value as a configuration says it; a secret gives a placeholder.
  var json: JSONValue { get }
}

extension OptionValue {
  /// Reads a value; its effective form is the value written back.
  public static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self> {
    decode(node, at: path, effective: \.json)
  }
}
