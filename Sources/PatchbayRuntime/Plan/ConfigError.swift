import PatchbayCore

/// A pipeline that can't run as it was described, with everything that is wrong with it.
public struct ConfigError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, each a sentence that says where, as `patchbay validate` prints it.
  public let lines: [String]

  package init(_ lines: [String]) { self.lines = lines }

  package init(_ line: String) { self.init([line]) }

  /// What is wrong with a configuration that gave no plan.
  package init(_ result: PlanResult) {
    self.init(result.issues.filter { $0.severity == .error }.map(result.rendered))
  }

  /// All of it, a line each.
  public var description: String { lines.joined(separator: "\n") }
}
