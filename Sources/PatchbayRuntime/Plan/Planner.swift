public import PatchbayCore
import PatchbayJSON

/// What became of a configuration: a plan, or everything that is wrong with it.
public struct PlanResult: Sendable {
  /// The plan; nil exactly when an issue is an error.
  public let plan: Plan?
  /// Errors and warnings in document order.
  public let issues: [ConfigIssue]
}

/// Turns a configuration's text into a plan; the one path for `validate` and `run`.
///
/// It reads no file, opens nothing and looks nothing up but the variables it is given.
public struct Planner: Sendable {
  private let registry: StageRegistry
  private let variables: [String: String]

  /// Makes a planner.
  ///
  /// - Parameters:
  ///   - registry: the types a configuration may name.
  ///   - variables: the environment variables it may use.
  public init(registry: StageRegistry, variables: [String: String]) {
    self.registry = registry
    self.variables = variables
  }

  /// Reads a configuration and finds everything that is wrong with it.
  public func plan(_ text: [UInt8]) -> PlanResult {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: text)
    } catch {
      let issue = ConfigIssue(
        .syntax, at: error.position, path: OptionPath(), message: error.message)
      return PlanResult(plan: nil, issues: [issue])
    }
    var issues = IssueList()
    for twice in document.duplicateNames {
      issues.report(
        .duplicateName, at: twice.position,
        path: Self.path(twice.path, in: document.root),
        message: "is set twice; first in line \(twice.first.line), column \(twice.first.column)")
    }
    var substitution = Substitution(variables: variables)
    let root = substitution.apply(to: document.root)
    issues.append(contentsOf: substitution.issues.issues)
    let unset = Set(substitution.issues.issues.map(\.position))

    var builder = PlanBuilder(registry: registry)
    let plan = builder.build(root)
    // A value that a missing variable left empty isn't also reported as malformed.
    issues.append(contentsOf: builder.issues.issues.filter { !unset.contains($0.position) })
    return PlanResult(plan: issues.hasErrors ? nil : plan, issues: issues.inDocumentOrder)
  }

  /// A path of plain texts as names and indices, by what stands on the way.
  private static func path(_ steps: [String], in root: JSONNode) -> OptionPath {
    var node: JSONNode? = root
    var path = OptionPath()
    for step in steps {
      if case .array(let elements) = node?.content, let index = Int(step) {
        path = path.appending(index)
        node = elements.indices.contains(index) ? elements[index] : nil
      } else {
        path = path.appending(step)
        node = node?.member(step)?.value
      }
    }
    return path
  }
}
