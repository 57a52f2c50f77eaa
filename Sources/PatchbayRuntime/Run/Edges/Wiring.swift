import PatchbayCore

/// The channels and chains that a plan turns into.
struct Wiring {
  private let planned: [String: PlannedStage]
  private let stages: [String: any Stage]
  private let counters: [String: StageCounters]
  private let consumers: [StageOutput: [String]]
  /// The channel before each stage that has one, by the stage's name.
  let channels: [String: Channel]

  init(
    plan: Plan, stages: [String: any Stage], counters: [String: StageCounters],
    _ services: RunServices
  ) {
    planned = Dictionary(plan.stages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.stages = stages
    self.counters = counters
    let chains = StageChains(plan)
    var consumers: [StageOutput: [String]] = [:]
    var channels: [String: Channel] = [:]
    for stage in plan.stages {
      for input in stage.inputs { consumers[input, default: []].append(stage.name) }
      if stage.role != .source, !chains.isCalled(stage.name) {
        channels[stage.name] = Channel(
          clock: services.clock, credits: stage.buffer.credits, batchSize: services.batchSize,
          senders: stage.inputs.count)
      }
    }
    self.consumers = consumers
    self.channels = channels
  }

  /// A port of a stage that isn't in a chain.
  func port(_ name: PortName, of stage: PlannedStage) -> Port? {
    guard let counters = counters[stage.name] else { return nil }
    let inlets = consumers(of: name, stage).compactMap { channels[$0] }
    return Port(name: name, counters: counters, inlets: inlets)
  }

  /// A stage and those that it calls.
  ///
  /// - Parameter guardedIDs: within how many events no id comes again before it.
  func chain(from planned: PlannedStage, guardedIDs: Int = 0) -> ChainNode? {
    guard var stage = stages[planned.name], let counters = counters[planned.name] else {
      return nil
    }
    if guardedIDs > 0, var watcher = stage as? any IDWatcher {
      watcher.idsAreGuarded(within: guardedIDs)
      stage = watcher
    }
    let guarded = max(guardedIDs, (stage as? any IDGuard)?.guardedIDs ?? 0)
    // What is rejected may come again.
    guard let step = ChainStepMaker.step(stage),
      let main = chainPort(.out, of: planned, guardedIDs: guarded),
      let rejected = chainPort(.rejected, of: planned, guardedIDs: 0)
    else { return nil }
    return ChainNode(step, counters: counters, main: main, rejected: rejected)
  }

  private func chainPort(
    _ name: PortName, of stage: PlannedStage, guardedIDs: Int
  ) -> ChainPort? {
    port(name, of: stage).map { port in
      ChainPort(
        port: port,
        next: consumers(of: name, stage).compactMap { consumer in
          guard channels[consumer] == nil else { return nil }
          return planned[consumer].flatMap { chain(from: $0, guardedIDs: guardedIDs) }
        })
    }
  }

  private func consumers(of port: PortName, _ stage: PlannedStage) -> [String] {
    consumers[StageOutput(stage: stage.name, port: port)] ?? []
  }
}
