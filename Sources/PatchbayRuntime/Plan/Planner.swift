public import PatchbayCore
import PatchbayJSON

/// Turns a configuration into a plan; the one path for every command that takes one.
///
/// It opens nothing, and looks at nothing but the text, the files that it includes, and the
/// variables it is given.
public struct Planner: Sendable {
  private let registry: StageRegistry
  private let variables: [String: String]
  private let readFile: @Sendable (String) throws -> [UInt8]

  /// Makes a planner.
  ///
  /// - Parameters:
  ///   - registry: the types a configuration may name.
  ///   - variables: the environment variables it may use.
  ///   - readFile: reads a file that a configuration includes, by its path; from the disk if left
  ///     out. What it throws becomes an issue.
  public init(
    registry: StageRegistry, variables: [String: String],
    readFile: @escaping @Sendable (String) throws -> [UInt8] = { path in
      try InputFile.contents(of: path, upTo: Planner.longestText + 1)
    }
  ) {
    self.registry = registry
    self.variables = variables
    self.readFile = readFile
  }

  /// The most bytes of a configuration's file.
  public static let longestText = JSONLimits().bytes

  /// Reads a configuration and finds everything that is wrong with it.
  ///
  /// - Parameters:
  ///   - text: the configuration.
  ///   - name: its path; includes start at its folder, and messages name it.
  ///   - overrides: what is chosen outside of it.
  public func plan(
    _ text: [UInt8], named name: String = "config.json",
    overrides: ConfigurationOverrides = ConfigurationOverrides()
  ) -> PlanResult {
    var composer = Composer(variables: variables, readFile: readFile)
    let root = composer.compose(SourceText(name: name, bytes: text), overrides)
    var issues = composer.issues
    var plan: Plan?
    if let root {
      var builder = PlanBuilder(registry: registry, composer)
      plan = builder.build(root)
      issues.append(contentsOf: builder.issues.issues)
    }
    return PlanResult(
      plan: issues.hasErrors ? nil : plan,
      issues: Self.causes(issues, incompleteEntries: composer.incompleteEntries),
      sources: composer.sources)
  }

  /// The issues in document order, without those that only follow from others or repeat them.
  private static func causes(
    _ list: IssueList, incompleteEntries: Set<JSONPosition>
  ) -> [ConfigIssue] {
    let unset = Set(list.issues.filter { $0.code.concernsVariables }.map(\.position))
    let hasErrors = list.hasErrors
    var seen: Set<String> = []
    return list.inDocumentOrder.filter { issue in
      // A value that a missing variable left empty isn't also malformed.
      if unset.contains(issue.position), !issue.code.concernsVariables { return false }
      // What a template that isn't there would have given isn't missing as well.
      if issue.code == .missingOption, incompleteEntries.contains(issue.position) { return false }
      if issue.code == .unusedTemplate, hasErrors { return false }
      // What two stages take from one template is wrong once.
      let place = "\(issue.position.source):\(issue.position)"
      let option = issue.path.components.dropFirst(2)
      return seen.insert("\(place) \(issue.code) \(option) \(issue.message)").inserted
    }
  }

  /// Reads a configuration by itself and with each of its profiles, and finds everything that is
  /// wrong with any of them.
  ///
  /// What is wrong only with a profile says so. The plan is that of the configuration by itself.
  public func planWithProfiles(
    _ text: [UInt8], named name: String = "config.json",
    overrides: ConfigurationOverrides = ConfigurationOverrides()
  ) -> PlanResult {
    let base = plan(text, named: name, overrides: overrides)
    // A profile that only exists in an include counts too, so they are read off the whole.
    var composer = Composer(variables: variables, readFile: readFile)
    let names = composer.profileNames(of: SourceText(name: name, bytes: text))
    var issues = base.issues
    for profile in names where !overrides.profiles.contains(profile) {
      var overrides = overrides
      overrides.profiles.append(profile)
      let found = plan(text, named: name, overrides: overrides).issues
      for issue in found where !issues.contains(where: { $0.isSame(as: issue) }) {
        // A warning may only follow from what is wrong without the profile.
        if issue.severity == .warning, base.plan == nil { continue }
        var issue = issue
        issue.message += " (with the profile \"\(profile)\")"
        issues.append(issue)
      }
    }
    var list = IssueList()
    list.append(contentsOf: issues)
    return PlanResult(
      plan: list.hasErrors ? nil : base.plan, issues: list.inDocumentOrder, sources: base.sources)
  }
}

extension ConfigIssue.Code {
  fileprivate var concernsVariables: Bool { self == .unsetVariable || self == .malformedVariable }
}

extension ConfigIssue {
  fileprivate func isSame(as other: ConfigIssue) -> Bool {
    code == other.code && position == other.position && path == other.path
  }
}
