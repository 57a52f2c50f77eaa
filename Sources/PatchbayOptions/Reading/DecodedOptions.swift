public import PatchbayJSON

/// What became of a value in a configuration.
public struct DecodedOptions<Value> {
  /// The value; nil exactly when an issue is an error.
  public var value: Value?
  /// What is wrong with it, in document order.
  public var issues: [ConfigIssue]
  /// The value as it takes effect: defaults filled in, secrets hidden.
  ///
  /// Not meaningful if an issue is an error.
  public var effective: JSONValue
  /// The names of other things in the configuration that it mentions, to be looked up.
  public var references: [OptionReference]

  /// Makes a result; a value is dropped if the issues have an error.
  package init(
    _ value: Value?, _ issues: IssueList, effective: JSONValue, references: [OptionReference] = []
  ) {
    self.value = issues.hasErrors ? nil : value
    self.issues = issues.inDocumentOrder
    self.effective = effective
    self.references = references
  }

  /// The same result with another value in place of this one.
  package func map<Other>(_ transform: (Value) -> Other) -> DecodedOptions<Other> {
    var issues = IssueList()
    issues.append(contentsOf: self.issues)
    return DecodedOptions<Other>(
      value.map(transform), issues, effective: effective, references: references)
  }
}

extension DecodedOptions: Sendable where Value: Sendable {}
