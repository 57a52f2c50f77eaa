import PatchbayCore
import PatchbayJSON

extension PlanBuilder {
  mutating func readStages(_ role: StageRole, _ root: JSONNode) {
    for member in objects(in: role.section, of: root) {
      let path = OptionPath(role.section, member.name)
      checkName(member, path)
      let other = drafts[member.name]
      if let other {
        issues.report(
          .nameInUse, at: member.position, path: path,
          message: "the name is used by \(other.path); names are shared by all sections")
      }
      var draft = StageDraft(name: member.name, role: role, path: path, position: member.position)
      draft.isDuplicate = other != nil
      draft.inputs = readInputs(member.value, role, path)
      if let (type, node) = takeType(member.value, path) {
        read(type, node, member.value, into: &draft)
      }
      drafts.append(draft)
    }
  }

  mutating func read(
    _ type: String, _ node: JSONNode, _ whole: JSONNode, into draft: inout StageDraft
  ) {
    draft.type = type
    guard let stage = registry.stage(draft.role, type) else {
      return reportMissing(type, whole, draft)
    }
    draft.isKnown = true
    draft.metrics = stage.thresholdMetrics
    readBuffer(node, into: &draft)
    let isTaken = draft.metrics.contains {
      MetricCatalog.names.contains("\(draft.name).\($0.name)")
    }
    if draft.name == "correlation" || isTaken {
      issues.report(
        .nameInUse, at: draft.position, path: draft.path,
        message: "the name is reserved for metrics; choose another one")
    }
    let options = JSONNode(
      .object((node.members ?? []).filter { !Self.isOfEntry($0.name, draft.role) }),
      at: node.position)
    decode(stage, options, into: &draft)
  }

  /// Whether a member of an entry is the runtime's and no option of the type.
  private static func isOfEntry(_ name: String, _ role: StageRole) -> Bool {
    name == "inputs" || (name == SinkEntry.buffer && role == .sink)
  }

  /// Where events wait before a sink.
  private mutating func readBuffer(_ node: JSONNode, into draft: inout StageDraft) {
    guard draft.role == .sink else { return }
    let entry = JSONNode(
      .object((node.members ?? []).filter { $0.name == SinkEntry.buffer }), at: node.position,
      origin: node.origin)
    let decoded = SinkEntry.decode(entry, at: draft.path)
    issues.append(contentsOf: decoded.issues)
    guard let entry = decoded.value else { return }
    draft.buffer = entry.buffer
    if draft.buffer.spool != nil { draft.metrics += SpoolReport.metrics }
  }

  /// Says whether the type exists under another section, or what was probably meant.
  mutating func reportMissing(_ type: String, _ node: JSONNode, _ draft: StageDraft) {
    if registry.connection(type) != nil {
      return issues.report(
        .wrongSection, at: node.member("type")?.value.position ?? node.position,
        path: draft.path.appending("type"), message: "\"\(type)\" belongs under \"connections\"")
    }
    guard let home = StageRole.allCases.first(where: { registry.stage($0, type) != nil }) else {
      return reportUnknownType(
        draft.role.rawValue, type, node, draft.path,
        among: registry.stages(of: draft.role).map { $0.type })
    }
    issues.report(
      .wrongSection, at: node.member("type")?.value.position ?? node.position,
      path: draft.path.appending("type"),
      message: "\"\(type)\" belongs under \"\(home.section)\"")
  }

  mutating func decode<Made: Stage>(
    _ type: Made.Type, _ node: JSONNode, into draft: inout StageDraft
  ) {
    let decoded = Made.Options.decode(node, at: draft.path)
    issues.append(
      contentsOf: decoded.issues.map {
        $0.naming(
          type: Made.type,
          or: ["inputs", "template", "type"] + (draft.role == .sink ? [SinkEntry.buffer] : []))
      })
    secrets += Made.Options.options.secrets(in: node, at: draft.path)
    draft.effective = decoded.effective
    draft.references = decoded.references
    draft.stage = decoded.value.map { Made($0) }
  }

  mutating func readInputs(
    _ node: JSONNode, _ role: StageRole, _ path: OptionPath
  ) -> [StageDraft.Input] {
    let path = path.appending("inputs")
    guard let member = node.member("inputs") else {
      if role != .source {
        issues.report(
          .missingOption, at: node.position, path: path,
          message: "required option is missing: a list of stages such as [\"desk\"]")
      }
      return []
    }
    if role == .source {
      issues.report(
        .unknownOption, at: member.position, path: path, message: "a source has no inputs")
      return []
    }
    guard case .array(let elements) = member.value.content, !elements.isEmpty else {
      issues.report(
        .wrongType, at: member.value.position, path: path,
        message: "expected a list of stages such as [\"desk\"], found "
          + (member.value.kind == "an array" ? "an empty one" : member.value.kind))
      return []
    }
    return elements.enumerated().compactMap { index, element in
      guard case .string(let text) = element.content else {
        issues.report(
          .wrongType, at: element.position, path: path.appending(index),
          message: "expected a stage's name, found \(element.kind)")
        return nil
      }
      return StageDraft.Input(
        text, at: element.position, path: path.appending(index), origin: element.origin)
    }
  }
}
