/// Options that were refused, with everything that is wrong with them.
public struct InvalidOptions: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was found, warnings included, in document order; at least one is an error.
  public let issues: [ConfigIssue]

  /// Makes an error of issues.
  public init(_ issues: [ConfigIssue]) {
    self.issues = issues
  }

  /// One line per issue: path and message.
  public var description: String {
    issues.map(\.text).joined(separator: "\n")
  }
}
