package import PatchbayCore
package import PatchbayJSON

/// A place in a configuration that takes an environment variable.
package struct VariableUse: Sendable, Equatable {
  /// The variable's name.
  package let variable: String
  /// The value it stands in.
  package let path: OptionPath
  /// Where that value stands.
  package let position: JSONPosition
  /// Whether the environment has it, with a text that isn't empty.
  package let isSet: Bool
  /// Whether the place gives a default.
  package let hasDefault: Bool
}
