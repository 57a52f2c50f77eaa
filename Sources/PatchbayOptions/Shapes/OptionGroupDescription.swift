public import PatchbayJSON

/// The options of a group as data, in the order they are declared.
public struct OptionGroupDescription: Sendable {
  /// The group's type with its module, or the option's name for a group without a type.
  public var name: String
  /// The options.
  public var options: [OptionDescription]
  /// The options that cross-field checks point at, for `declarationProblems()`.
  package var checkedNames: [String] = []

  package init(name: String, options: [OptionDescription] = []) {
    self.name = name
    self.options = options
  }

  /// Whether an option must be set, so that `{}` won't do.
  public var hasRequiredOptions: Bool { options.contains { $0.presence.isRequired } }

  /// The smallest configuration that is accepted: the required options with their examples.
  public func exampleConfiguration() -> JSONValue {
    .object(
      options.compactMap { option in
        guard case .required(let example) = option.presence else { return nil }
        return .init(option.name, example)
      })
  }
}
