package import PatchbayCore
import PatchbayJSON

// Plans of stages that a program makes itself, in place of or beside those of a configuration.

extension Plan {
  /// A plan without stages.
  package init(name: String, options: RunOptions) {
    self.init(
      name: name, options: options, stages: [], connectionOrder: [], connections: [:],
      thresholds: [])
  }

  /// Adds a stage, after those of its role; `checked()` says whether it fits.
  package mutating func add(_ name: String, _ stage: some Stage, inputs: [String]) {
    let role = StageRole(of: type(of: stage))
    let planned = PlannedStage(
      name: name, role: role ?? .sink, type: type(of: stage).type,
      inputs: inputs.map(PlannedInput.init), options: [:], stage: stage)
    let order = StageRole.allCases
    let place = stages.firstIndex { other in
      (order.firstIndex(of: other.role) ?? 0) > (order.firstIndex(of: planned.role) ?? 0)
    }
    stages.insert(planned, at: place ?? stages.endIndex)
  }

  /// Puts another stage in the place of one, under its name and with its inputs.
  ///
  /// - Throws: `ConfigError` if there is none of that name, or its role is another.
  package mutating func replace(_ name: String, with stage: any Stage) throws(ConfigError) {
    guard let index = stages.firstIndex(where: { $0.name == name }) else {
      let nearest = NearestName.of(name, among: stages.map(\.name))
      throw ConfigError(
        "there is no stage \(name.quoted)"
          + (nearest.map { " (did you mean \($0.quoted)?)" } ?? ""))
    }
    let old = stages[index]
    guard StageRole(of: type(of: stage)) == old.role else {
      throw ConfigError(
        "\(old.role.section).\(name) can only be replaced by a \(old.role.rawValue), "
          + "which \(type(of: stage)) isn't")
    }
    stages[index] = PlannedStage(
      name: name, role: old.role, type: type(of: stage).type, inputs: old.inputs,
      options: old.options, stage: stage)
  }

  /// The plan, if its stages can run together.
  ///
  /// - Throws: `ConfigError` with everything that keeps them from it.
  package func checked() throws(ConfigError) -> Plan {
    let issues = PlanBuilder.issues(of: stages)
    if !issues.isEmpty { throw ConfigError(issues.map(\.text)) }
    return self
  }
}

extension PlannedInput {
  /// Reads `schema` or `schema.rejected`.
  fileprivate init(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      stage: String(parts.first ?? ""),
      port: parts.count > 1 ? String(parts[1]) : PlannedInput.mainPort)
  }

  fileprivate var text: String { port == Self.mainPort ? stage : "\(stage).\(port)" }
}

extension PlanBuilder {
  /// What keeps stages that a program made from running together.
  fileprivate static func issues(of stages: [PlannedStage]) -> [ConfigIssue] {
    var builder = PlanBuilder(registry: StageRegistry(), Composer(variables: [:]) { _ in [] })
    for planned in stages {
      let path = OptionPath(planned.role.section, planned.name)
      let node = JSONNode([:])
      builder.checkName(JSONNode.Member(planned.name, at: .start, node), path)
      var draft = StageDraft(
        name: planned.name, role: planned.role, path: path, position: .start)
      if StageRole(of: type(of: planned.stage)) == nil {
        builder.issues.report(
          .wrongType, at: .start, path: path,
          message: "\(type(of: planned.stage)) must conform to exactly one of the role protocols")
      }
      if let other = builder.drafts.first(where: { $0.name == planned.name }) {
        draft.isDuplicate = true
        builder.issues.report(
          .nameInUse, at: .start, path: path, message: "the name is used by \(other.path)")
      }
      if (planned.role == .source) != planned.inputs.isEmpty {
        builder.issues.report(
          .missingOption, at: .start, path: path.appending("inputs"),
          message: planned.role == .source
            ? "a source has no inputs" : "it needs at least one stage that feeds it")
      }
      draft.inputs = planned.inputs.enumerated().map { index, input in
        StageDraft.Input(
          input.text, at: .start, path: path.appending("inputs").appending(index),
          origin: node.origin)
      }
      draft.stage = planned.stage
      builder.drafts.append(draft)
    }
    builder.checkResources()
    var graph = GraphChecker(drafts: builder.drafts, root: JSONNode([:]), mayLackStages: false)
    _ = graph.check()
    return builder.issues.issues + graph.issues.issues
  }
}
