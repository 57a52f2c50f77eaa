import PatchbayCore
import PatchbayJSON

/// Checks that stages are connected to each other in a way that can run.
struct GraphChecker {
  private let drafts: [StageDraft]
  private let root: JSONNode
  private(set) var issues = IssueList()

  private let mayLackStages: Bool
  private let roles: Set<StageRole>
  private var hasUnresolvedInputs = false

  /// - Parameter mayLackStages: whether stages may be missing only because a section can't be read.
  init(drafts: [StageDraft], root: JSONNode, mayLackStages: Bool) {
    self.drafts = drafts.filter { !$0.isDuplicate }
    roles = Set(drafts.map(\.role))
    self.root = root
    self.mayLackStages = mayLackStages
    hasUnresolvedInputs =
      mayLackStages
      || drafts.contains { $0.isDuplicate || ($0.role != .source && $0.inputs.isEmpty) }
  }

  /// Resolves every stage's inputs.
  mutating func check() -> [String: [StageOutput]] {
    for role in [StageRole.source, .sink] where !mayLackStages && !roles.contains(role) {
      let section = root.member(role.section)
      issues.report(
        .nothingToRun, at: section?.value.position ?? root.position,
        path: OptionPath(role.section), message: "a pipeline needs at least one \(role.rawValue)")
    }
    var resolved: [String: [StageOutput]] = [:]
    for draft in drafts {
      var seen: Set<StageOutput> = []
      for input in draft.inputs {
        guard let output = resolve(input, of: draft) else {
          hasUnresolvedInputs = true
          continue
        }
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
  ) -> StageOutput? {
    if drafts.contains(where: { $0.name == input.written.text }), input.written.port != nil {
      // A name that can't be told from a port; the name itself is reported where it stands.
      return nil
    }
    guard let producer = drafts.first(where: { $0.name == input.written.stage }) else {
      if mayLackStages { return nil }
      let isPath = StageRole.allCases.contains { $0.section == input.written.stage }
      let named = drafts.first { $0.name == input.written.port && isPath }?.name
      let nearest =
        named
        ?? NearestName.of(
          input.written.stage, among: drafts.filter { $0.name != draft.name }.map(\.name))
      let shown =
        input.origin == .environment ? "of that name" : input.written.stage.quoted
      issues.report(
        .unknownInput, at: input.position, path: input.path,
        message: "there is no stage \(shown)"
          + (nearest.map { " (did you mean \($0.quoted)?)" } ?? ""))
      return nil
    }
    let ports = producer.role.ports
    if ports.isEmpty {
      issues.report(
        .unknownPort, at: input.position, path: input.path,
        message: "\(producer.path) is a sink and has no output")
      return nil
    }
    guard let output = input.written.output, ports.contains(output.port) else {
      let named = ports.filter { $0 != .out }
      let offer =
        named.isEmpty
        ? "it has no named ports"
        : "its \(named.count == 1 ? "port is" : "ports are") "
          + named.map { "\(producer.name).\($0.rawValue)".quoted }.joined(separator: ", ")
      issues.report(
        .unknownPort, at: input.position, path: input.path,
        message: "\(producer.path) has no port of that name; \(offer)")
      return nil
    }
    return output
  }

  /// Takes away stages whose inputs are all taken away; what can't be is in a circle or behind one.
  private mutating func checkCycles(_ inputs: [String: [StageOutput]]) {
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
    var reported: Set<String> = []
    for draft in drafts where left.contains(draft.name) && !reported.contains(draft.name) {
      let circle = circle(from: draft.name, among: left, inputs)
      // A stage that is only behind a circle leads to one that may have been reported.
      guard reported.isDisjoint(with: circle),
        let named = drafts.first(where: { circle.contains($0.name) })
      else { continue }
      reported.formUnion(circle)
      var route = circle
      while route.first != named.name { route.append(route.removeFirst()) }
      issues.report(
        .cycle, at: named.position, path: named.path,
        message: "stages feed each other in a circle: "
          + ([named.name] + route.reversed()).joined(separator: " -> "))
    }
  }

  /// The circle that one gets into by going from a stage to its inputs, over and over.
  private func circle(
    from start: String, among left: Set<String>, _ inputs: [String: [StageOutput]]
  ) -> [String] {
    var circle = [start]
    while let last = circle.last,
      let next = inputs[last]?.first(where: { left.contains($0.stage) })?.stage
    {
      if let start = circle.firstIndex(of: next) { return Array(circle[start...]) }
      circle.append(next)
    }
    return circle
  }

  private mutating func checkDangling(_ inputs: [String: [StageOutput]]) {
    // With an input that names nothing, a stage may be unused for that reason alone.
    if hasUnresolvedInputs { return }
    let used = Set(inputs.values.flatMap { $0 })
    for draft in drafts where draft.role != .sink {
      if !used.contains(StageOutput(stage: draft.name)) {
        issues.report(
          .dangling, at: draft.position, path: draft.path,
          message: "nothing takes its events; name it in another stage's \"inputs\"")
      }
    }
  }
}
