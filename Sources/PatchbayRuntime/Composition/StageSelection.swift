import PatchbayCore
import PatchbayJSON

/// Keeps a part of a pipeline: everything on a way that leads through one of some stages.
///
/// What stays can run: what feeds the stage, the stage, and what it feeds, down to the sinks; and
/// where a stage on the way leads that would lead nowhere without.
struct StageSelection {
  private(set) var issues = IssueList()
  private(set) var leftOut: Set<String> = []
  private let root: JSONNode
  /// Every stage and what it names as inputs, in the order of the configuration.
  private let inputs: [(name: String, texts: [String], stages: [String])]

  init(_ root: JSONNode) {
    self.root = root
    inputs = StageRole.allCases.flatMap { role in
      (root.member(role.section)?.value.members ?? []).map { member in
        let texts = Self.inputs(of: member.value)
        return (member.name, texts, texts.map { Self.stage($0) })
      }
    }
  }

  /// The configuration without the other stages; as it was if a name is unknown.
  mutating func keep(_ names: [String], at position: JSONPosition) -> JSONNode {
    let known = inputs.map(\.name)
    for name in names where !known.contains(name) {
      let nearest = NearestName.of(name, among: known)
      issues.report(
        .unknownSelection, at: position, path: OptionPath(),
        message: "there is no stage \(name.quoted)" + hint(name, nearest))
    }
    if issues.hasErrors { return root }
    var kept = reach(from: names) { name in inputs.filter { $0.name == name }.flatMap(\.stages) }
    kept.formUnion(reach(from: names, takers))
    // A stage whose main output would lead nowhere keeps where it leads.
    var size = 0
    while size != kept.count {
      size = kept.count
      for name in kept {
        let main = inputs.filter { $0.texts.contains(name) }.map(\.name)
        if kept.isDisjoint(with: main) { kept.formUnion(reach(from: main, takers)) }
      }
    }
    leftOut = Set(known).subtracting(kept)
    return without(leftOut)
  }

  /// What was probably meant: a port's or a section's path names a stage, too.
  private func hint(_ name: String, _ nearest: String?) -> String {
    let parts = name.split(separator: ".").map(String.init)
    let meant = parts.first { part in inputs.contains { $0.name == part } } ?? nearest
    return meant.map { " (did you mean \($0.quoted)?)" } ?? ""
  }

  /// The stages that take a stage's events, by whatever port.
  private func takers(_ name: String) -> [String] {
    inputs.filter { $0.stages.contains(name) }.map(\.name)
  }

  private func reach(from start: [String], _ next: (String) -> [String]) -> Set<String> {
    var found = Set(start)
    var open = start
    while let name = open.popLast() {
      for other in next(name) where found.insert(other).inserted { open.append(other) }
    }
    return found
  }

  private func without(_ names: Set<String>) -> JSONNode {
    var members = root.members ?? []
    let sections = StageRole.allCases.map(\.section)
    for index in members.indices where sections.contains(members[index].name) {
      guard let entries = members[index].value.members else { continue }
      members[index].value.content = .object(
        entries.filter { !names.contains($0.name) }.map { entry in
          JSONNode.Member(
            entry.name, at: entry.position, Self.dropInputs(names, of: entry.value))
        })
    }
    members.removeAll { $0.value.members?.isEmpty == true && sections.contains($0.name) }
    return JSONNode(.object(members), at: root.position, origin: root.origin)
  }

  private static func dropInputs(_ names: Set<String>, of node: JSONNode) -> JSONNode {
    guard var members = node.members,
      let index = members.firstIndex(where: { $0.name == "inputs" }),
      case .array(let elements) = members[index].value.content
    else { return node }
    members[index].value.content = .array(
      elements.filter { element in
        element.value.string.map { !names.contains(stage($0)) } ?? true
      })
    return JSONNode(.object(members), at: node.position, origin: node.origin)
  }

  private static func inputs(of node: JSONNode) -> [String] {
    guard case .array(let elements)? = node.member("inputs")?.value.content else { return [] }
    return elements.compactMap(\.value.string)
  }

  private static func stage(_ input: String) -> String {
    String(input.prefix { $0 != "." })
  }
}
