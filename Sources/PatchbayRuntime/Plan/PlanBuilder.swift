import PatchbayCore
import PatchbayJSON

/// Builds one plan, collecting issues on the way.
struct PlanBuilder {
  private static let sections =
    ["$schema", "name", "run", "connections"] + StageRole.allCases.map(\.section) + ["thresholds"]

  let registry: StageRegistry
  var issues = IssueList()
  private var drafts: [StageDraft] = []
  private var connections: [String: any Connection] = [:]
  private var connectionTypes: [String: String] = [:]
  private var connectionOrder: [String] = []
  private var connectionReferences: [OptionReference] = []
  /// Sections that can't be read; what follows from their absence isn't reported as well.
  private var hasUnreadableSections = false
  private var usedConnections: Set<String> = []
  private var connectionPositions: [String: JSONPosition] = [:]

  init(registry: StageRegistry) {
    self.registry = registry
  }

  mutating func build(_ root: JSONNode) -> Plan? {
    guard let members = root.members else {
      issues.report(
        .wrongType, at: root.position, path: OptionPath(),
        message: "expected an object, found \(root.kind)")
      return nil
    }
    for member in members where !Self.sections.contains(member.name) {
      hasUnreadableSections = true
      let missing = Self.sections.filter { name in !members.contains { $0.name == name } }
      issues.report(
        .unknownOption, at: member.position, path: OptionPath(member.name),
        message: "unknown section" + suggestion(for: member.name, among: missing))
    }
    let name = readName(root)
    let options = RunOptions.decode(
      root.member("run")?.value ?? JSONNode([:]), at: OptionPath("run"))
    issues.append(contentsOf: options.issues)
    readConnections(root)
    for role in StageRole.allCases { readStages(role, root) }
    checkReferences()
    checkResources()
    var graph = GraphChecker(
      drafts: drafts, root: root, mayLackStages: hasUnreadableSections)
    let inputs = graph.check()
    issues.append(contentsOf: graph.issues.issues)
    let thresholds = readThresholds(root)
    guard !issues.hasErrors, let run = options.value else { return nil }
    return Plan(
      name: name, options: run, stages: drafts.compactMap { $0.planned(inputs: inputs) },
      connectionOrder: connectionOrder, connections: connections, thresholds: thresholds)
  }

  private mutating func readName(_ root: JSONNode) -> String {
    guard let member = root.member("name") else { return "pipeline" }
    guard let name = member.value.value.string else {
      issues.report(
        .wrongType, at: member.value.position, path: OptionPath("name"),
        message: "expected a string, found \(member.value.kind)")
      return ""
    }
    if name.isEmpty || name.utf8.count > 200 {
      issues.report(
        .ruleViolated, at: member.value.position, path: OptionPath("name"),
        message: name.isEmpty ? "must not be empty" : "must have at most 200 bytes")
    }
    return name
  }

  // MARK: Connections

  private mutating func readConnections(_ root: JSONNode) {
    for member in objects(in: "connections", of: root) {
      let path = OptionPath("connections", member.name)
      checkName(member, path)
      connectionTypes[member.name] = ""
      guard let (type, node) = takeType(member.value, path) else { continue }
      if let owner = registry.connections.first(where: { $0.implicitName == member.name }),
        owner.type != type, registry.connection(type) != nil
      {
        issues.report(
          .nameInUse, at: member.position, path: path,
          message: "the name is reserved for a connection of type \"\(owner.type)\"")
      }
      guard let connection = registry.connection(type) else {
        if let home = StageRole.allCases.first(where: { registry.stage($0, type) != nil }) {
          issues.report(
            .wrongSection, at: member.value.member("type")?.value.position ?? member.position,
            path: path.appending("type"), message: "\"\(type)\" belongs under \"\(home.section)\"")
          continue
        }
        reportUnknownType(
          "connection", type, member.value, path, among: registry.connections.map { $0.type })
        continue
      }
      let (value, issues, references) = make(connection, node, path)
      self.issues.append(contentsOf: issues)
      connectionReferences += references
      connections[member.name] = value
      connectionTypes[member.name] = type
      connectionOrder.append(member.name)
      connectionPositions[member.name] = member.position
    }
    for type in registry.connections {
      guard let name = type.implicitName, connectionTypes[name] == nil else { continue }
      let (value, _, _) = make(type, JSONNode([:]), OptionPath("connections", name))
      connections[name] = value
      connectionTypes[name] = type.type
    }
  }

  private func make<Made: Connection>(
    _ type: Made.Type, _ node: JSONNode, _ path: OptionPath
  ) -> (any Connection, [ConfigIssue], [OptionReference])
  where Made.Options: OptionGroup {
    let decoded = Made.Options.decode(node, at: path)
    let stand = decoded.value.map { Made($0) as any Connection }
    return (stand ?? UnusableConnection(), decoded.issues, decoded.references)
  }

  // MARK: Stages

  private mutating func readStages(_ role: StageRole, _ root: JSONNode) {
    for member in objects(in: role.section, of: root) {
      let path = OptionPath(role.section, member.name)
      checkName(member, path)
      if let other = drafts.first(where: { $0.name == member.name }) {
        issues.report(
          .nameInUse, at: member.position, path: path,
          message: "the name is used by \(other.path); names are shared by all sections")
      }
      var draft = StageDraft(name: member.name, role: role, path: path, position: member.position)
      draft.isDuplicate = drafts.contains { $0.name == member.name }
      draft.inputs = readInputs(member.value, role, path)
      if let (type, node) = takeType(member.value, path) {
        read(type, node, member.value, into: &draft)
      }
      drafts.append(draft)
    }
  }

  private mutating func read(
    _ type: String, _ node: JSONNode, _ whole: JSONNode, into draft: inout StageDraft
  ) {
    draft.type = type
    guard let stage = registry.stage(draft.role, type) else {
      return reportMissing(type, whole, draft)
    }
    draft.isKnown = true
    draft.metrics = stage.metrics
    let taken = Set(MetricCatalog.entries.map(\.name))
    let isTaken = draft.metrics.contains { taken.contains("\(draft.name).\($0.name)") }
    if draft.name == "correlation" || isTaken {
      issues.report(
        .nameInUse, at: draft.position, path: draft.path,
        message: "the name is reserved for metrics; choose another one")
    }
    let options = JSONNode(
      .object((node.members ?? []).filter { $0.name != "inputs" }), at: node.position)
    decode(stage, options, into: &draft)
  }

  /// Says whether the type exists under another section, or what was probably meant.
  private mutating func reportMissing(_ type: String, _ node: JSONNode, _ draft: StageDraft) {
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

  private mutating func decode<Made: Stage>(
    _ type: Made.Type, _ node: JSONNode, into draft: inout StageDraft
  ) {
    let decoded = Made.Options.decode(node, at: draft.path)
    issues.append(contentsOf: decoded.issues)
    draft.effective = decoded.effective
    draft.references = decoded.references
    draft.stage = decoded.value.map { Made($0) }
  }

  private mutating func readInputs(
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

  // MARK: Shared

  private mutating func objects(in section: String, of root: JSONNode) -> [JSONNode.Member] {
    guard let member = root.member(section) else { return [] }
    guard let members = member.value.members else {
      issues.report(
        .wrongType, at: member.value.position, path: OptionPath(section),
        message: "expected an object of names and options, found \(member.value.kind)")
      hasUnreadableSections = true
      return []
    }
    return members.filter { entry in
      if entry.value.members != nil { return true }
      issues.report(
        .wrongType, at: entry.value.position, path: OptionPath(section, entry.name),
        message: "expected an object, found \(entry.value.kind)")
      hasUnreadableSections = true
      return false
    }
  }

  private mutating func checkName(_ member: JSONNode.Member, _ path: OptionPath) {
    let isFine =
      (1...64).contains(member.name.utf8.count)
      && member.name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
      }
    if !isFine {
      issues.report(
        .malformedName, at: member.position, path: path,
        message: "a name has 1 to 64 lower-case letters, digits, \"-\" and \"_\"")
    }
  }

  /// The type that an entry names, and its other members.
  private mutating func takeType(
    _ node: JSONNode, _ path: OptionPath
  ) -> (String, JSONNode)? {
    guard let member = node.member("type") else {
      issues.report(
        .missingOption, at: node.position, path: path.appending("type"),
        message: "required option is missing: a type; `patchbay stages` lists them")
      return nil
    }
    guard case .string(let type) = member.value.content else {
      issues.report(
        .wrongType, at: member.value.position, path: path.appending("type"),
        message: "expected a string, found \(member.value.kind)")
      return nil
    }
    let rest = (node.members ?? []).filter { $0.name != "type" }
    return (type, JSONNode(.object(rest), at: node.position, origin: node.origin))
  }

  private mutating func reportUnknownType(
    _ what: String, _ type: String, _ node: JSONNode, _ path: OptionPath, among types: [String]
  ) {
    guard let value = node.member("type")?.value else { return }
    let message =
      value.origin == .environment
      ? "there is no \(what) type of that name (it comes from the environment)"
      : "there is no \(what) type \(JSONValue.string(type).text())"
        + suggestion(for: type, among: types)
    issues.report(
      .unknownType, at: value.position, path: path.appending("type"), message: message)
  }

  private func suggestion(for name: String, among candidates: [String]) -> String {
    NearestName.of(name, among: candidates).map { " (did you mean \"\($0)\"?)" } ?? ""
  }

  // MARK: References and thresholds

  private mutating func checkReferences() {
    let pairs: [(OptionReference, (any Stage)?)] =
      connectionReferences.map { ($0, nil) }
      + drafts.flatMap { draft in draft.references.map { ($0, draft.stage) } }
    for (reference, stage) in pairs {
      guard registry.connection(reference.kind) != nil else { continue }
      guard let type = connectionTypes[reference.name] else {
        let shown =
          reference.origin == .environment
          ? "of that name" : JSONValue.string(reference.name).text()
        issues.report(
          .unknownConnection, at: reference.position, path: reference.path,
          message: "there is no connection \(shown)"
            + suggestion(for: reference.name, among: connectionTypes.keys.sorted()))
        continue
      }
      usedConnections.insert(reference.name)
      // Its own type is what is wrong then, and is reported there.
      if type.isEmpty { continue }
      guard type == reference.kind else {
        issues.report(
          .unusableConnection, at: reference.position, path: reference.path,
          message: "needs a connection of type \"\(reference.kind)\", this one is \"\(type)\"")
        continue
      }
      if let user = stage as? any ConnectionUser, let connection = connections[reference.name],
        let objection = user.objection(to: connection)
      {
        issues.report(
          .unusableConnection, at: reference.position, path: reference.path, message: objection)
      }
    }
  }

  /// Stages that would get into each other's way, and connections that nobody uses.
  private mutating func checkResources() {
    var owners = ["file report.json in the run's folder": "the run's own report"]
    for draft in drafts {
      guard let user = draft.stage as? any ResourceUser else { continue }
      for resource in user.resources {
        if let owner = owners[resource] {
          issues.report(
            .resourceInUse, at: draft.position, path: draft.path,
            message: "uses \(resource), which \(owner) uses already")
        } else {
          owners[resource] = draft.path.description
        }
      }
    }
    // A misspelt reference leaves its connection unused; then only the reference is reported.
    if issues.hasErrors { return }
    let implicit = Set(registry.connections.compactMap { $0.implicitName })
    for name in connectionOrder where !usedConnections.contains(name) && !implicit.contains(name) {
      issues.report(
        .unusedConnection, .warning, at: connectionPositions[name] ?? .start,
        path: OptionPath("connections", name), message: unusedMessage(of: name))
    }
  }

  private func unusedMessage(of name: String) -> String {
    let type = registry.connection(connectionTypes[name] ?? "")
    return type?.implicitName.map { "has no effect; call it \"\($0)\" to change the embedded one" }
      ?? "no stage uses this connection"
  }

  private mutating func readThresholds(_ root: JSONNode) -> [Threshold] {
    guard let section = root.member("thresholds") else { return [] }
    guard let members = section.value.members else {
      issues.report(
        .wrongType, at: section.value.position, path: OptionPath("thresholds"),
        message: "expected an object of metrics and conditions, found \(section.value.kind)")
      return []
    }
    let known = metricNames
    return members.compactMap { member in
      let path = OptionPath(components: [.name("thresholds"), .name(member.name)])
      if !known.contains(member.name), !mayComeFromUnknown(member.name) {
        issues.report(
          .unknownMetric, at: member.position, path: path,
          message: "nothing in this pipeline produces the metric"
            + suggestion(for: member.name, among: known))
      }
      guard let condition = member.value.value.string,
        let threshold = Threshold(metric: member.name, condition: condition)
      else {
        issues.report(
          .malformedThreshold, at: member.value.position, path: path,
          message: "expected a condition such as \">= 0.99\" (<, <=, >, >=, ==, != and a number), "
            + "found \(found(member.value))")
        return nil
      }
      return threshold
    }
  }

  /// What a message may show of a value: numbers and short texts that stand in the file.
  private func found(_ node: JSONNode) -> String {
    switch node.content {
    case .integer, .number:
      "the number \(node.value.text()) (did you mean \"== \(node.value.text())\"?)"
    case .string(let text) where node.origin == .text && text.utf8.count <= 60: node.value.text()
    case .string, .null, .bool, .array, .object: node.kind
    }
  }

  /// Whether a metric belongs to a stage whose type isn't known, which is reported there.
  private func mayComeFromUnknown(_ metric: String) -> Bool {
    drafts.contains { draft in
      !draft.isKnown
        && (metric.hasPrefix(draft.name + ".")
          || draft.role == .correlator && metric.hasPrefix("correlation."))
    }
  }

  private var metricNames: [String] {
    let hasInjector = drafts.contains { $0.role == .injector }
    var names = MetricCatalog.entries.map(\.name)
      .filter { hasInjector || $0.hasPrefix("events.") }
    for draft in drafts {
      for metric in draft.metrics {
        names.append("\(draft.name).\(metric.name)")
        if draft.role == .correlator { names.append("correlation.\(metric.name)") }
      }
    }
    return names
  }
}

/// Stands for a connection whose options were refused; the plan is refused with it.
private struct UnusableConnection: Connection {
  static let type = "unusable"
  static let doc = "Stands for a connection whose options were refused."
  init(_ options: NoOptions) {}
  init() {}
  func open(_ context: StageContext) async throws {
    throw PipelineError("its options were refused")
  }
  func close() async {}
}
