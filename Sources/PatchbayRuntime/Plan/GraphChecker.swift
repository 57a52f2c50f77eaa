import PatchbayCore
import PatchbayJSON

/// Checks that stages are connected to each other in a way that can run.
struct GraphChecker {
  private let drafts: DraftList
  private let root: JSONNode
  private(set) var issues = IssueList()

  private let mayLackStages: Bool
  private let roles: Set<StageRole>
  private var hasUnresolvedInputs = false

  /// - Parameter mayLackStages: whether stages may be missing only because a section can't be read.
  init(drafts: DraftList, root: JSONNode, mayLackStages: Bool) {
    self.drafts = DraftList(drafts) { !$0.isDuplicate }
    roles = Set(drafts.all.map(\.role))
    self.root = root
    self.mayLackStages = mayLackStages
    hasUnresolvedInputs =
      mayLackStages
      || drafts.all.contains { $0.isDuplicate || ($0.role != .source && $0.inputs.isEmpty) }
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
    for draft in drafts.all {
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
    if input.written.port != nil, drafts[input.written.text] != nil {
      // A name that can't be told from a port; the name itself is reported where it stands.
      return nil
    }
    guard let producer = drafts[input.written.stage] else {
      if mayLackStages { return nil }
      let isPath = StageRole.allCases.contains { $0.section == input.written.stage }
      let named = isPath ? input.written.port.flatMap { drafts[$0]?.name } : nil
      let shown =
        input.origin == .environment ? "of that name" : input.written.stage.quoted
      issues.report(
        .unknownInput, at: input.position, path: input.path,
        message: "there is no stage \(shown)"
          + (named.map { " (did you mean \($0.quoted)?)" }
            ?? issues.suggestion(
              for: input.written.stage,
              among: drafts.all.map(\.name).filter { $0 != draft.name })))
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

  /// Reports each circle once; going from a stage to its inputs, over and over, leads into one or ends.
  private mutating func checkCycles(_ inputs: [String: [StageOutput]]) {
    let left = circular(inputs)
    var seen: Set<String> = []
    for draft in drafts.all where left.contains(draft.name) {
      var walk: [String] = []
      var place: [String: Int] = [:]
      var name: String? = draft.name
      // Where an earlier walk was, its circle is reported.
      while let current = name, seen.insert(current).inserted {
        place[current] = walk.count
        walk.append(current)
        name = inputs[current]?.first { left.contains($0.stage) }?.stage
      }
      guard let first = name.flatMap({ place[$0] }) else { continue }
      report(circle: walk[first...])
    }
  }

  private mutating func report(circle: ArraySlice<String>) {
    let members = Set(circle)
    guard let named = drafts.all.first(where: { members.contains($0.name) }),
      let start = circle.firstIndex(of: named.name)
    else { return }
    let route = circle[start...] + circle[..<start]
    issues.report(
      .cycle, at: named.position, path: named.path,
      message: "stages feed each other in a circle: "
        + ([named.name] + route.reversed()).joined(separator: " -> "))
  }

  /// The stages that are in a circle or behind one: what is left when those are taken away that have no
  /// inputs, or none but such as are taken away.
  private func circular(_ inputs: [String: [StageOutput]]) -> Set<String> {
    var takers: [String: [String]] = [:]
    var open: [String: Int] = [:]
    for draft in drafts.all {
      let feeders = Set((inputs[draft.name] ?? []).map(\.stage))
      open[draft.name] = feeders.count
      for feeder in feeders { takers[feeder, default: []].append(draft.name) }
    }
    var ready = drafts.all.map(\.name).filter { open[$0] == 0 }
    while let name = ready.popLast() {
      open[name] = nil
      for taker in takers[name] ?? [] {
        guard let count = open[taker] else { continue }
        open[taker] = count - 1
        if count == 1 { ready.append(taker) }
      }
    }
    return Set(open.keys)
  }

  private mutating func checkDangling(_ inputs: [String: [StageOutput]]) {
    // With an input that names nothing, a stage may be unused for that reason alone.
    if hasUnresolvedInputs { return }
    let used = Set(inputs.values.flatMap { $0 })
    for draft in drafts.all where draft.role != .sink {
      if !used.contains(StageOutput(stage: draft.name)) {
        issues.report(
          .dangling, at: draft.position, path: draft.path,
          message: "nothing takes its events; name it in another stage's \"inputs\"")
      }
    }
  }
}
