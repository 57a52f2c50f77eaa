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
  /// The stages that feed each.
  private let feeders: [String: [String]]
  /// The stages that take each one's events by whatever port, and those by its main one.
  private let takers: (ofAll: [String: [String]], ofMain: [String: [String]])

  init(_ root: JSONNode) {
    self.root = root
    inputs = StageRole.allCases.flatMap { role in
      (root.member(role.section)?.value.members ?? []).map { member in
        let texts = Self.inputs(of: member.value)
        return (member.name, texts, texts.map { Self.stage($0) })
      }
    }
    var feeders: [String: [String]] = [:]
    var takers: (ofAll: [String: [String]], ofMain: [String: [String]]) = ([:], [:])
    for (name, texts, stages) in inputs {
      feeders[name, default: []] += stages
      for stage in Set(stages) { takers.ofAll[stage, default: []].append(name) }
      for text in Set(texts) { takers.ofMain[text, default: []].append(name) }
    }
    (self.feeders, self.takers) = (feeders, takers)
  }

  /// The configuration without the other stages; as it was if a name is unknown.
  mutating func keep(_ names: [String], at position: JSONPosition) -> JSONNode {
    let known = inputs.map(\.name)
    let every = Set(known)
    for name in names where !every.contains(name) {
      let nearest = issues.takesSuggestions ? NearestName.of(name, among: known) : nil
      issues.report(
        .unknownSelection, at: position, path: OptionPath(),
        message: "there is no stage \(name.quoted)" + hint(name, nearest))
    }
    if issues.hasErrors { return root }
    var kept = reach(from: names, feeders)
    kept.formUnion(reach(from: names, takers.ofAll))
    // A stage whose main output would lead nowhere keeps where it leads.
    var size = 0
    while size != kept.count {
      size = kept.count
      for name in kept {
        let main = takers.ofMain[name] ?? []
        if kept.isDisjoint(with: main) { kept.formUnion(reach(from: main, takers.ofAll)) }
      }
    }
    leftOut = every.subtracting(kept)
    return without(leftOut)
  }

  /// What was probably meant: a port's or a section's path names a stage, too.
  private func hint(_ name: String, _ nearest: String?) -> String {
    let parts = name.split(separator: ".").map(String.init)
    let meant = parts.first { part in inputs.contains { $0.name == part } } ?? nearest
    return meant.map { " (did you mean \($0.quoted)?)" } ?? ""
  }

  private func reach(from start: [String], _ next: [String: [String]]) -> Set<String> {
    var found = Set(start)
    var open = start
    while let name = open.popLast() {
      for other in next[name] ?? [] where found.insert(other).inserted { open.append(other) }
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
