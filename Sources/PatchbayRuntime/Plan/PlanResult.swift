public import PatchbayCore
import PatchbayJSON

/// What became of a configuration: a plan, or everything that is wrong with it.
public struct PlanResult: Sendable {
  /// The plan; nil exactly when an issue is an error.
  public let plan: Plan?
  /// Errors and warnings, text after text, each in document order.
  public let issues: [ConfigIssue]
  /// The texts that positions lie in, by their `source`.
  public let sources: [SourceText]

  /// The name of the text that an issue stands in.
  public func sourceName(of issue: ConfigIssue) -> String {
    sources.indices.contains(issue.position.source)
      ? sources[issue.position.source].name : "configuration"
  }

  /// An issue as compilers print theirs:
  /// `config.json:14:22: error[PB0104]: injectors.inject.ur: unknown option`.
  public func rendered(_ issue: ConfigIssue) -> String {
    issue.rendered(file: sourceName(of: issue))
  }

  /// How many errors there are, or warnings.
  public func count(_ severity: ConfigIssue.Severity) -> Int {
    issues.count { $0.severity == severity }
  }
}
