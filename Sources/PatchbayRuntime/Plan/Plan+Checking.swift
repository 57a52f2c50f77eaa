import PatchbayCore
import PatchbayJSON

extension Plan {
  /// The plan, if its stages can run together.
  ///
  /// - Parameter registry: the types that there are; a connection that exists without being declared
  ///   comes from there.
  /// - Throws: `ConfigError` with everything that keeps them from it.
  package func checked(with registry: StageRegistry) throws(ConfigError) -> Plan {
    var plan = self
    for type in registry.connections {
      guard let name = type.implicitName, plan.connections[name] == nil else { continue }
      let builder = PlanBuilder(registry: registry)
      let (made, _, _, _) = builder.make(type, JSONNode([:]), OptionPath("connections", name))
      plan.connections[name] = made
    }
    var builder = PlanBuilder(registry: registry)
    let issues = builder.issues(of: plan)
    if !issues.isEmpty { throw ConfigError(issues: issues) }
    plan.modules = registry.modules
    return plan
  }
}

extension PlanBuilder {
  /// What keeps the stages of a plan from running together.
  fileprivate mutating func issues(of plan: Plan) -> [ConfigIssue] {
    for planned in plan.stages {
      drafts.append(draft(of: planned))
    }
    connections = plan.connections
    connectionTypes = plan.connections.mapValues { type(of: $0).type }
    connectionReferences = plan.connectionReferences
    // Whether a connection is used is nobody's business here: the program may add what uses it.
    connectionOrder = []
    checkReferences()
    checkResources()
    var graph = GraphChecker(drafts: drafts, root: JSONNode([:]), mayLackStages: false)
    _ = graph.check()
    return issues.issues + graph.issues.issues
  }

  private mutating func draft(of planned: PlannedStage) -> StageDraft {
    let path = planned.path
    let node = JSONNode([:])
    checkName(JSONNode.Member(planned.name, at: .start, node), path)
    var draft = StageDraft(name: planned.name, role: planned.role, path: path, position: .start)
    if StageRole(of: type(of: planned.stage)) == nil {
      issues.report(
        .wrongType, at: .start, path: path,
        message: "\(type(of: planned.stage)) must conform to exactly one of the role protocols")
    }
    if let other = drafts[planned.name] {
      draft.isDuplicate = true
      issues.report(
        .nameInUse, at: .start, path: path, message: "the name is used by \(other.path)")
    }
    if (planned.role == .source) != planned.writtenInputs.isEmpty {
      issues.report(
        .missingOption, at: .start, path: path.appending("inputs"),
        message: planned.role == .source
          ? "a source has no inputs" : "it needs at least one stage that feeds it")
    }
    draft.inputs = planned.writtenInputs.enumerated().map { index, input in
      StageDraft.Input(
        input.text, at: .start, path: path.appending("inputs").appending(index),
        origin: node.origin)
    }
    draft.references = planned.references
    draft.stage = planned.stage
    return draft
  }
}
