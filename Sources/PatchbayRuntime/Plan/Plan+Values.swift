package import PatchbayCore
package import PatchbayJSON

// Plans of stages that a program makes itself, in place of or beside those of a configuration.

extension Plan {
  /// A plan without stages.
  package init(name: String, options: RunOptions) {
    self.init(
      name: name, options: options, stages: [], connectionOrder: [], connections: [:],
      thresholds: [])
  }

  /// Adds a stage, after those of its role; `checked(with:)` says whether it fits.
  package mutating func add(
    _ name: String, _ stage: some Stage, inputs: [String], buffer: BufferChoice = .standard
  ) {
    insert(
      PlannedStage(
        name: name, role: StageRole(of: type(of: stage)) ?? .sink, type: type(of: stage).type,
        inputs: inputs.map(WrittenOutput.init), options: [:], buffer: buffer, stage: stage))
  }

  /// The plan with no spool before any sink: nothing that comes out of it depends on one.
  package var withoutSpools: Plan {
    var plan = self
    for index in plan.stages.indices where plan.stages[index].buffer.spool != nil {
      plan.stages[index].buffer = .standard
    }
    return plan
  }

  /// Adds a stage of a registered type, made of options.
  ///
  /// - Throws: `ConfigError` if there is no such type, or its options are refused.
  package mutating func add(
    _ role: StageRole, _ name: String, type: String, options: JSONValue, inputs: [String],
    of registry: StageRegistry
  ) throws(ConfigError) {
    var builder = PlanBuilder(registry: registry)
    var draft = StageDraft(
      name: name, role: role, path: OptionPath(role.section, name), position: .start)
    let node = JSONNode(options)
    let whole = JSONNode(.object([.init("type", .string(type))] + (options.object ?? [])))
    builder.read(type, node, whole, into: &draft)
    draft.inputs = inputs.map { text in
      StageDraft.Input(text, at: .start, path: draft.path.appending("inputs"), origin: node.origin)
    }
    guard !builder.issues.hasErrors, let planned = draft.planned else {
      throw ConfigError(issues: builder.issues.issues)
    }
    insert(planned)
    secrets += builder.secrets
  }

  /// Adds a connection of a registered type, made of options, after those that are there.
  ///
  /// - Throws: `ConfigError` if there is no such type, its options are refused, or the name is taken.
  package mutating func addConnection(
    _ name: String, type: String, options: JSONValue, of registry: StageRegistry
  ) throws(ConfigError) {
    var builder = PlanBuilder(registry: registry)
    let entry = JSONValue.object([.init("type", .string(type))] + (options.object ?? []))
    builder.readConnections(JSONNode(["connections": .object([.init(name, entry)])]))
    if connectionOrder.contains(name) {
      builder.issues.report(
        .nameInUse, at: .start, path: OptionPath("connections", name),
        message: "the name is used by another connection")
    }
    guard !builder.issues.hasErrors, let made = builder.connections[name] else {
      throw ConfigError(issues: builder.issues.issues)
    }
    connections[name] = made
    connectionOrder.append(name)
    connectionReferences += builder.connectionReferences
    connectionOptions[name] = builder.connectionOptions[name]
    secrets += builder.secrets
  }

  /// Adds what a run must reach.
  ///
  /// - Throws: `ConfigError` if the condition can't be read.
  package mutating func addThreshold(
    _ metric: String, _ condition: String
  ) throws(ConfigError) {
    guard let threshold = Threshold(metric: metric, condition: condition) else {
      throw ConfigError(
        "thresholds.\(metric): expected a condition such as \">= 0.99\", found "
          + condition.quoted)
    }
    thresholds.append(threshold)
  }

  private mutating func insert(_ planned: PlannedStage) {
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
      name: name, role: old.role, type: type(of: stage).type, inputs: old.writtenInputs,
      options: old.options, buffer: old.buffer, stage: stage)
  }
}
