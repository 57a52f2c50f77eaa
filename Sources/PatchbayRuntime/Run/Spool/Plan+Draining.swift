import PatchbayCore

extension Plan {
  /// A plan that delivers what waits in spools, and does nothing else.
  ///
  /// - Parameter sinks: the names of the sinks whose spools are meant.
  package func draining(_ sinks: [String]) -> Plan {
    var plan = Plan(name: name, options: options)
    plan.connections = connections
    plan.connectionOrder = connectionOrder
    plan.connectionOptions = connectionOptions
    plan.modules = modules
    plan.secrets = secrets
    plan.options.journal = false
    let taken = Set(stages.map(\.name))
    let source = taken.contains("queue") ? "queue-of-spools" : "queue"
    plan.add(source, EmptySource(), inputs: [])
    plan.stages += stages.filter { sinks.contains($0.name) }.map { stage in
      PlannedStage(
        name: stage.name, role: .sink, type: stage.type, inputs: [WrittenOutput(source)],
        options: stage.options, references: stage.references, buffer: stage.buffer,
        stage: stage.stage)
    }
    return plan
  }
}

/// A source that has nothing to emit.
private struct EmptySource: Source {
  static let type = "nothing"
  static let doc = "Emits nothing."

  var reach: StageReach { .context }

  init() {}

  init(_ options: NoOptions) {}

  func run(emitting outlet: SourceOutlet) async throws {}
}
