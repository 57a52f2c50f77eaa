import PatchbayCore
import PatchbayJSON

/// Checks that stages are connected to each other in a way that can run.
struct GraphChecker {
  private let drafts: [StageDraft]
  private let root: JSONNode
  private(set) var issues = IssueList()

  init(drafts: [StageDraft], root: JSONNode) {
    self.drafts = drafts
    self.root = root
  }

  /// Resolves every stage's inputs.
  mutating func check() -> [String: [PlannedInput]] {
    for role in [StageRole.source, .sink] where !drafts.contains(where: { $0.role == role }) {
      let section = root.member(role.section)
      issues.report(
        .nothingToRun, at: section?.value.position ?? root.position,
        path: OptionPath(role.section), message: "a pipeline needs at least one \(role.rawValue)")
    }
    var resolved: [String: [PlannedInput]] = [:]
    for draft in drafts {
      var seen: Set<PlannedInput> = []
      for input in draft.inputs {
        guard let output = resolve(input, of: draft) else { continue }
        if !seen.insert(output).inserted {
          issues.report(
            .repeatedInput, at: input.position, path: input.path, message: "is listed twice")
        } else {
          resolved[draft.name, default: []].append(output)
        }
      }
    }
    checkCycles(resolved)
    checkDangling(resolved)
    return resolved
  }

  private mutating func resolve(
    _ input: StageDraft.Input, of draft: StageDraft
  ) -> PlannedInput? {
    guard let producer = drafts.first(where: { $0.name == input.stage }) else {
      let nearest = NearestName.of(
        input.stage, among: drafts.filter { $0.name != draft.name }.map(\.name))
      issues.report(
        .unknownInput, at: input.position, path: input.path,
        message: "there is no stage of that name"
          + (nearest.map { " (did you mean \"\($0)\"?)" } ?? ""))
      return nil
    }
    let ports = producer.role.ports
    if ports.isEmpty {
      issues.report(
        .unknownPort, at: input.position, path: input.path,
        message: "\(producer.path) is a sink and has no output")
      return nil
    }
    let port = input.port ?? PlannedInput.mainPort
    guard ports.contains(port) else {
      let named = ports.filter { $0 != PlannedInput.mainPort }
      let offer =
        named.isEmpty
        ? "it has no named ports"
        : "its ports are " + named.map { "\"\(producer.name).\($0)\"" }.joined(separator: ", ")
      issues.report(
        .unknownPort, at: input.position, path: input.path,
        message: "\(producer.path) has no port of that name; \(offer)")
      return nil
    }
    return PlannedInput(stage: producer.name, port: port)
  }

  /// Takes away stages whose inputs are all taken away; what can't be is in a circle or behind one.
  private mutating func checkCycles(_ inputs: [String: [PlannedInput]]) {
    var left = Set(drafts.map(\.name))
    var changed = true
    while changed {
      changed = false
      for draft in drafts
      where left.contains(draft.name)
        && !(inputs[draft.name] ?? []).contains(where: { left.contains($0.stage) })
      {
        left.remove(draft.name)
        changed = true
      }
    }
    guard let first = drafts.first(where: { left.contains($0.name) }) else { return }
    var circle = [first.name]
    while let last = circle.last,
      let next = inputs[last]?.first(where: { left.contains($0.stage) })?.stage
    {
      if let start = circle.firstIndex(of: next) {
        circle.removeFirst(start)
        break
      }
      circle.append(next)
    }
    guard let named = drafts.first(where: { circle.contains($0.name) }) else { return }
    while circle.first != named.name { circle.append(circle.removeFirst()) }
    let route = [named.name] + circle.reversed()
    issues.report(
      .cycle, at: named.position, path: named.path,
      message: "stages feed each other in a circle: " + route.joined(separator: " -> "))
  }

  private mutating func checkDangling(_ inputs: [String: [PlannedInput]]) {
    let used = Set(inputs.values.flatMap { $0 })
    for draft in drafts where draft.role != .sink {
      if !used.contains(PlannedInput(stage: draft.name, port: PlannedInput.mainPort)) {
        issues.report(
          .dangling, at: draft.position, path: draft.path,
          message: "nothing takes its events; name it in another stage's \"inputs\"")
      }
    }
  }
}
