public import PatchbayCore

/// A pipeline that can't run as it was described, with everything that is wrong with it.
public struct ConfigError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, in document order: each with its code, its path, its position and what to do.
  ///
  /// Of a pipeline that a program built, the positions say nothing. Empty only if the program named
  /// what isn't there, which `lines` tells.
  public let issues: [ConfigIssue]
  /// The texts that positions lie in, by their `source`.
  public let sources: [SourceText]
  /// What is wrong, each a sentence that says where, as `patchbay validate` prints it.
  public let lines: [String]

  /// What is wrong with what a program described.
  package init(issues: [ConfigIssue]) {
    self.issues = issues
    sources = []
    lines = issues.map(\.text)
  }

  /// What is wrong, in one sentence.
  package init(_ line: String) {
    issues = []
    sources = []
    lines = [line]
  }

  /// What is wrong with a configuration that gave no plan.
  package init(_ result: PlanResult) {
    issues = result.issues.filter { $0.severity == .error }
    sources = result.sources
    lines = issues.map(result.rendered)
  }

  /// All of it, a line each.
  public var description: String { lines.joined(separator: "\n") }
}
