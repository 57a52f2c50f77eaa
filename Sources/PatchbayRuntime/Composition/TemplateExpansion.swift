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
  /// Where entries stand that lack a template, and so perhaps options.
  private(set) var incomplete: Set<JSONPosition> = []
  private let root: JSONNode
  private let mayLackTemplates: Bool
  private let templates: [JSONNode.Member]
  private let template: [String: JSONNode.Member]
  private var used: Set<String> = []

  /// - Parameter mayLackTemplates: whether templates may be missing only because something can't be
  ///   read.
  init(_ root: JSONNode, mayLackTemplates: Bool) {
    self.root = root
    templates = root.member("templates")?.value.members ?? []
    template = Dictionary(templates.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.mayLackTemplates =
      mayLackTemplates || root.member("templates").map { $0.value.members == nil } ?? false
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

  private mutating func checkTemplates() {
    if let section = root.member("templates")?.value, section.members == nil {
      issues.report(
        .wrongType, at: section.position, path: OptionPath("templates"),
        message: "expected an object of names and options, found \(section.kind)")
    }
    for template in templates {
      let path = OptionPath("templates", template.name)
      if !template.name.isEntryName {
        issues.reportMalformedName(at: template.position, path: path)
      }
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
    var merge = JSONMerge()
    var base = JSONNode(.object([]), at: entry.position, origin: entry.origin)
    for (node, namePath) in names(member.value, at: path.appending(Self.member)) {
      let name = node.value.string ?? ""
      guard let template = self.template[name] else {
        incomplete.insert(entry.position)
        reportUnknown(node, name, at: namePath)
        continue
      }
      used.insert(name)
      if template.value.members == nil {
        incomplete.insert(entry.position)
      } else {
        base = merge.lay(template.value.without(Self.member), over: base, at: path)
      }
    }
    let merged = merge.lay(entry.without(Self.member), over: base, at: path)
    issues.append(contentsOf: merge.issues.issues)
    return merged
  }

  private mutating func reportUnknown(_ node: JSONNode, _ name: String, at path: OptionPath) {
    if mayLackTemplates { return }
    let shown = node.origin == .environment ? "of that name" : name.quoted
    issues.report(
      .unknownTemplate, at: node.position, path: path,
      message: "there is no template \(shown)"
        + issues.suggestion(for: name, among: templates.map(\.name)))
  }

  private mutating func names(
    _ node: JSONNode, at path: OptionPath
  ) -> [(JSONNode, OptionPath)] {
    switch node.content {
    case .string: return [(node, path)]
    case .array(let elements):
      return elements.enumerated().compactMap { index, element in
        let path = path.appending(index)
        if case .string = element.content { return (element, path) }
        issues.report(
          .wrongType, at: element.position, path: path,
          message: "expected a template's name, found \(element.kind)")
        return nil
      }
    case .null, .bool, .integer, .number, .object:
      issues.report(
        .wrongType, at: node.position, path: path,
        message: "expected a template's name or a list of them, found \(node.kind)")
      return []
    }
  }
}
