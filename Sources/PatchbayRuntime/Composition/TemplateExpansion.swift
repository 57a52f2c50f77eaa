import PatchbayCore
import PatchbayJSON

/// Gives stages and connections the options of the templates they name.
///
/// `"template": "polite"` or a list of names: templates are laid over each other in that order, and
/// the entry's own options over all of them.
struct TemplateExpansion {
  private static let sections = ["connections"] + StageRole.allCases.map(\.section)
  static let member = "template"

  private(set) var issues = IssueList()
  private let root: JSONNode
  private var used: Set<String> = []

  init(_ root: JSONNode) {
    self.root = root
  }

  /// The configuration without templates.
  mutating func apply() -> JSONNode {
    checkTemplates()
    var members = root.without("templates").members ?? []
    for index in members.indices where Self.sections.contains(members[index].name) {
      guard var entries = members[index].value.members else { continue }
      for entry in entries.indices {
        entries[entry].value = expand(
          entries[entry].value, at: OptionPath(members[index].name, entries[entry].name))
      }
      members[index].value.content = .object(entries)
    }
    for template in templates where !used.contains(template.name) && !issues.hasErrors {
      issues.report(
        .unusedTemplate, .warning, at: template.position,
        path: OptionPath("templates", template.name), message: "nothing uses this template")
    }
    return JSONNode(.object(members), at: root.position, origin: root.origin)
  }

  private var templates: [JSONNode.Member] { root.member("templates")?.value.members ?? [] }

  private mutating func checkTemplates() {
    if let section = root.member("templates")?.value, section.members == nil {
      issues.report(
        .wrongType, at: section.position, path: OptionPath("templates"),
        message: "expected an object of names and options, found \(section.kind)")
    }
    for template in templates {
      let path = OptionPath("templates", template.name)
      if template.value.members == nil {
        issues.report(
          .wrongType, at: template.value.position, path: path,
          message: "expected an object of options, found \(template.value.kind)")
      }
      if let nested = template.value.member(Self.member) {
        issues.report(
          .nestedTemplate, at: nested.position, path: path.appending(Self.member),
          message: "a template can't use a template; list both where they are used")
      }
    }
  }

  private mutating func expand(_ entry: JSONNode, at path: OptionPath) -> JSONNode {
    guard let member = entry.member(Self.member) else { return entry }
    var base: JSONNode?
    for (name, position, path) in names(member.value, at: path.appending(Self.member)) {
      guard let template = templates.first(where: { $0.name == name }) else {
        let nearest = NearestName.of(name, among: templates.map(\.name))
        issues.report(
          .unknownTemplate, at: position, path: path,
          message: "there is no template of that name"
            + (nearest.map { " (did you mean \"\($0)\"?)" } ?? ""))
        continue
      }
      used.insert(name)
      let options = template.value.without(Self.member)
      var merge = JSONMerge()
      base = base.map { merge.lay(options, over: $0) } ?? options
    }
    let own = entry.without(Self.member)
    guard let base, base.members != nil else { return own }
    var merge = JSONMerge()
    var merged = merge.lay(own, over: base)
    issues.append(contentsOf: merge.issues.issues)
    // What is missing is missing where the stage stands.
    merged.position = entry.position
    return merged
  }

  private mutating func names(
    _ node: JSONNode, at path: OptionPath
  ) -> [(String, JSONPosition, OptionPath)] {
    switch node.content {
    case .string(let name): return [(name, node.position, path)]
    case .array(let elements):
      return elements.enumerated().flatMap { names($1, at: path.appending($0)) }
    case .null, .bool, .integer, .number, .object:
      issues.report(
        .wrongType, at: node.position, path: path,
        message: "expected a template's name or a list of them, found \(node.kind)")
      return []
    }
  }
}
