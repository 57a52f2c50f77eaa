import PatchbayCore
import PatchbayJSON

/// Puts a configuration together: its file, what that includes, profiles, settings, variables,
/// templates and a selection, in this order.
///
/// The result is one object that the plan is built from; every value in it still knows where it was
/// written.
struct Composer {
  /// Sections that only say how to put the others together.
  static let ownSections = ["include", "templates", "profiles"]

  private(set) var uses: [VariableUse] = []
  /// Stages that the selection leaves out.
  private(set) var leftOut: Set<String> = []
  /// Where entries stand that may lack options because a template is missing.
  private(set) var incompleteEntries: Set<JSONPosition> = []

  private let variables: [String: String]
  private var reader: IncludeReader
  private var found = IssueList()

  init(
    variables: [String: String], readFile: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    self.variables = variables
    reader = IncludeReader(variables: variables, readFile: readFile)
  }

  /// Everything that was found.
  var issues: IssueList {
    var all = reader.issues
    all.append(contentsOf: found.issues)
    return all
  }

  /// The texts that positions lie in.
  var sources: [SourceText] { reader.sources }

  /// Whether a part of the configuration couldn't be read, so that things may be missing for that.
  var isIncomplete: Bool { reader.isIncomplete }

  /// The whole configuration, or nil if a text can't be read at all.
  mutating func compose(_ text: SourceText, _ overrides: ConfigurationOverrides) -> JSONNode? {
    guard var root = reader.read(text) else { return nil }
    uses = reader.uses
    guard root.members != nil else { return root }
    checkProfiles(of: root)
    root = apply(overrides.profiles, to: root)
    for patch in overrides.patches { root = apply(patch, to: root) }
    for setting in overrides.settings { root = apply(setting, to: root) }
    root = root.without("profiles")
    root = substitute(root)
    root = expandTemplates(of: root)
    if !overrides.only.isEmpty { root = select(overrides.only, of: root) }
    return root
  }

  /// The names of the profiles that a configuration has, its includes' among them.
  mutating func profileNames(of text: SourceText) -> [String] {
    reader.read(text)?.member("profiles")?.value.members?.map(\.name) ?? []
  }

  // MARK: Layers

  mutating func merge(_ patch: JSONNode, over base: JSONNode) -> JSONNode {
    var merge = JSONMerge()
    let merged = merge.lay(patch, over: base)
    found.append(contentsOf: merge.issues.issues)
    return merged
  }

  /// Merges what is no file of its own: a profile, a setting, a test's changes.
  private mutating func override(_ root: JSONNode, by patch: JSONNode) -> JSONNode {
    for name in ["include", "profiles"] {
      guard let member = patch.member(name) else { continue }
      found.report(
        .unknownOption, at: member.position, path: OptionPath(name),
        message: "only a file can have \(name.quoted)")
    }
    return merge(patch.without("include").without("profiles"), over: root)
  }

  private mutating func apply(_ patch: ConfigurationOverrides.Patch, to root: JSONNode) -> JSONNode
  {
    let source = reader.add(patch.text)
    return override(root, by: patch.node.moved(toSource: source))
  }

  private mutating func checkProfiles(of root: JSONNode) {
    guard let section = root.member("profiles")?.value else { return }
    guard let profiles = section.members else {
      return found.report(
        .wrongType, at: section.position, path: OptionPath("profiles"),
        message: "expected an object of names and changes, found \(section.kind)")
    }
    for profile in profiles where profile.value.members == nil {
      found.report(
        .wrongType, at: profile.value.position, path: OptionPath("profiles", profile.name),
        message: "expected an object of changes, found \(profile.value.kind)")
    }
  }

  private mutating func apply(_ profiles: [String], to root: JSONNode) -> JSONNode {
    var result = root
    let known = root.member("profiles")?.value.members ?? []
    for name in profiles {
      if let profile = known.first(where: { $0.name == name }) {
        if profile.value.members != nil { result = override(result, by: profile.value) }
        continue
      }
      if mayLackSections(root) || root.member("profiles").map({ $0.value.members == nil }) ?? false
      {
        continue
      }
      let nearest = NearestName.of(name, among: known.map(\.name))
      let source = reader.add(
        SourceText(name: "--profile", bytes: Array(name.utf8), isFile: false))
      found.report(
        .unknownProfile, at: JSONPosition(line: 1, column: 1, source: source),
        path: OptionPath(),
        message: known.isEmpty
          ? "the configuration has no profiles"
          : "there is no profile \(name.quoted)"
            + (nearest.map { " (did you mean \($0.quoted)?)" }
              ?? "; there are " + known.prefix(8).map(\.name.quoted).joined(separator: ", ")))
    }
    return result
  }

  private mutating func apply(_ setting: String, to root: JSONNode) -> JSONNode {
    let path = setting.contains("=") ? setting.prefix { $0 != "=" } : ""
    let name = path.isEmpty ? "--set" : "--set \(path)"
    let source = reader.add(SourceText(name: name, bytes: Array(setting.utf8), isFile: false))
    do {
      let argument = try SettingArgument(setting, source: source)
      if let issue = argument.objection(in: root) {
        found.append(issue)
        return root
      }
      return override(root, by: argument.patch)
    } catch {
      found.append(error.issue)
      return root
    }
  }

  /// Whether a section is misspelt, so that what it holds isn't where it should be.
  private func mayLackSections(_ root: JSONNode) -> Bool {
    let known = PlanBuilder.sections + Self.ownSections
    return isIncomplete || root.members?.contains { !known.contains($0.name) } ?? false
  }

  // MARK: Values

  private mutating func substitute(_ node: JSONNode, at path: OptionPath = OptionPath()) -> JSONNode
  {
    var substitution = Substitution(variables: variables)
    let result = substitution.apply(to: node, at: path)
    found.append(contentsOf: substitution.issues.issues)
    uses += substitution.uses
    return result
  }

  private mutating func expandTemplates(of root: JSONNode) -> JSONNode {
    var expansion = TemplateExpansion(
      root, mayLackTemplates: isIncomplete || mayLackSections(root))
    let result = expansion.apply()
    incompleteEntries = expansion.incomplete
    found.append(contentsOf: expansion.issues.issues)
    return result
  }

  private mutating func select(_ names: [String], of root: JSONNode) -> JSONNode {
    let source = reader.add(SourceText(name: "--only", bytes: [], isFile: false))
    var selection = StageSelection(root)
    let result = selection.keep(
      names, at: JSONPosition(line: 1, column: 1, source: source))
    found.append(contentsOf: selection.issues.issues)
    leftOut = selection.leftOut
    return result
  }
}
