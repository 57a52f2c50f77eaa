import PatchbayCore
import PatchbayJSON

/// Puts a configuration together: its file, what that includes, profiles, settings, variables,
/// templates and a selection, in this order.
///
/// The result is one object that the plan is built from; every value in it still knows where it was
/// written.
package struct Composer {
  /// Sections that only say how to put the others together.
  static let ownSections = ["include", "templates", "profiles"]

  var issues = IssueList()
  private(set) var sources: [SourceText] = []
  private(set) var uses: [VariableUse] = []
  /// Stages that the selection leaves out.
  private(set) var leftOut: Set<String> = []
  /// Whether a part of the configuration couldn't be read, so that things may be missing for that.
  private(set) var isIncomplete = false
  /// Where entries stand that may lack options because a template is missing.
  private(set) var incompleteEntries: Set<JSONPosition> = []

  private let variables: [String: String]
  private let readFile: @Sendable (String) throws -> [UInt8]
  /// The files that are being read, outermost first.
  private var open: [String] = []
  /// The files that were read, merged over their includes; nil for those that can't be.
  private var known: [String: JSONNode?] = [:]

  init(
    variables: [String: String], readFile: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    self.variables = variables
    self.readFile = readFile
  }

  /// The whole configuration, or nil if a text can't be read at all.
  mutating func compose(_ text: SourceText, _ overrides: ConfigurationOverrides) -> JSONNode? {
    guard var root = read(text) else {
      isIncomplete = true
      return nil
    }
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
    read(text)?.member("profiles")?.value.members?.map(\.name) ?? []
  }

  // MARK: Files

  /// Parses a text and merges it over what it includes.
  private mutating func read(_ text: SourceText) -> JSONNode? {
    let index = sources.count
    sources.append(text)
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: text.bytes, source: index)
    } catch {
      issues.report(.syntax, at: error.position, path: OptionPath(), message: error.message)
      return nil
    }
    for twice in document.duplicateNames {
      issues.report(
        .duplicateName, at: twice.position, path: document.root.path(of: twice.path),
        message: "is set twice; first in line \(twice.first.line), column \(twice.first.column)")
    }
    open.append(text.name)
    defer { open.removeLast() }
    var base: JSONNode?
    for (path, node, place) in includes(of: document.root) {
      guard let included = include(path, of: text.name, node, place) else { continue }
      base = base.map { merge(included, over: $0) } ?? included
    }
    var root = document.root.without("include")
    if let base {
      root = merge(root, over: base)
      root.position = document.root.position
    }
    return root
  }

  private mutating func includes(of root: JSONNode) -> [(String, JSONNode, OptionPath)] {
    guard let value = root.member("include")?.value else { return [] }
    let place = OptionPath("include")
    let entries: [(JSONNode, OptionPath)] =
      if case .array(let elements) = value.content {
        elements.enumerated().map { ($1, place.appending($0)) }
      } else {
        [(value, place)]
      }
    return entries.compactMap { entry, place in
      let before = issues.issues.count
      let node = substitute(entry, at: place)
      // A variable that is wrong is reported; what it leaves isn't as well.
      if issues.issues.count > before {
        isIncomplete = true
        return nil
      }
      if case .string(let path) = node.content, !path.isEmpty { return (path, node, place) }
      issues.report(
        .wrongType, at: entry.position, path: place,
        message: "expected a file's path, found \(node.value == "" ? "an empty one" : entry.kind)")
      return nil
    }
  }

  private mutating func include(
    _ path: String, of includer: String, _ node: JSONNode, _ place: OptionPath
  ) -> JSONNode? {
    let path = Self.path(path, from: includer)
    if let start = open.firstIndex(of: path) {
      issues.report(
        .includeCycle, at: node.position, path: place,
        message: "files include each other in a circle: "
          + (open[start...] + [path]).joined(separator: " -> "))
      isIncomplete = true
      return nil
    }
    if let root = known[path] { return root }
    let root = readIncluded(path, node, place)
    if root == nil { isIncomplete = true }
    known[path] = root
    return root
  }

  private mutating func readIncluded(
    _ path: String, _ node: JSONNode, _ place: OptionPath
  ) -> JSONNode? {
    let bytes: [UInt8]
    do {
      bytes = try readFile(path)
    } catch {
      let reason =
        node.origin == .environment
        ? "can't read the file whose name comes from the environment" : "\(error)"
      issues.report(.unreadableInclude, at: node.position, path: place, message: reason)
      return nil
    }
    guard let root = read(SourceText(name: path, bytes: bytes)) else { return nil }
    guard root.members != nil else {
      issues.report(
        .wrongType, at: root.position, path: OptionPath(),
        message: "expected an object, found \(root.kind)")
      return nil
    }
    return root.without("$schema")
  }

  /// A path as it is meant in a file: from that file's folder.
  package static func path(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path.tidyPath }
    return (file[...slash] + path).description.tidyPath
  }

  // MARK: Layers

  mutating func merge(_ patch: JSONNode, over base: JSONNode) -> JSONNode {
    var merge = JSONMerge()
    let merged = merge.lay(patch, over: base)
    issues.append(contentsOf: merge.issues.issues)
    return merged
  }

  /// Merges what is no file of its own: a profile, a setting, a test's changes.
  private mutating func override(_ root: JSONNode, by patch: JSONNode) -> JSONNode {
    for name in ["include", "profiles"] {
      guard let member = patch.member(name) else { continue }
      issues.report(
        .unknownOption, at: member.position, path: OptionPath(name),
        message: "only a file can have \(name.quoted)")
    }
    return merge(patch.without("include").without("profiles"), over: root)
  }

  private mutating func apply(_ patch: ConfigurationOverrides.Patch, to root: JSONNode) -> JSONNode
  {
    sources.append(patch.text)
    return override(root, by: patch.node.moved(toSource: sources.count - 1))
  }

  private mutating func checkProfiles(of root: JSONNode) {
    guard let section = root.member("profiles")?.value else { return }
    guard let profiles = section.members else {
      return issues.report(
        .wrongType, at: section.position, path: OptionPath("profiles"),
        message: "expected an object of names and changes, found \(section.kind)")
    }
    for profile in profiles where profile.value.members == nil {
      issues.report(
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
      sources.append(SourceText(name: "--profile", bytes: Array(name.utf8), isFile: false))
      issues.report(
        .unknownProfile, at: JSONPosition(line: 1, column: 1, source: sources.count - 1),
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
    let source = sources.count
    let path = setting.contains("=") ? setting.prefix { $0 != "=" } : ""
    let name = path.isEmpty ? "--set" : "--set \(path)"
    sources.append(SourceText(name: name, bytes: Array(setting.utf8), isFile: false))
    do {
      let argument = try SettingArgument(setting, source: source)
      if let issue = argument.objection(in: root) {
        issues.append(issue)
        return root
      }
      return override(root, by: argument.patch)
    } catch {
      issues.append(error.issue)
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
    issues.append(contentsOf: substitution.issues.issues)
    uses += substitution.uses
    return result
  }

  private mutating func expandTemplates(of root: JSONNode) -> JSONNode {
    var expansion = TemplateExpansion(
      root, mayLackTemplates: isIncomplete || mayLackSections(root))
    let result = expansion.apply()
    incompleteEntries = expansion.incomplete
    issues.append(contentsOf: expansion.issues.issues)
    return result
  }

  private mutating func select(_ names: [String], of root: JSONNode) -> JSONNode {
    let source = sources.count
    sources.append(SourceText(name: "--only", bytes: [], isFile: false))
    var selection = StageSelection(root)
    let result = selection.keep(
      names, at: JSONPosition(line: 1, column: 1, source: source))
    issues.append(contentsOf: selection.issues.issues)
    leftOut = selection.leftOut
    return result
  }
}

extension String {
  /// The path without `.` and with `..` taken back, so that one file has one name.
  fileprivate var tidyPath: String {
    var parts: [Substring] = []
    for part in split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
