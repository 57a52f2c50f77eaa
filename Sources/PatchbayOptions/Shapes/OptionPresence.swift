public import PatchbayJSON

/// What happens when an option isn't set.
public enum OptionPresence: Sendable, Equatable {
  /// The configuration is refused; the example shows what to write.
  case required(example: JSONValue)
  /// The stage goes without it.
  case optional
  /// The stage takes this value.
  case defaulted(JSONValue)

  /// Whether the option must be set.
  public var isRequired: Bool {
    if case .required = self { true } else { false }
  }
}
