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
    clock: any PipelineClock
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
        channels[stage.name] = Channel(clock: clock, senders: stage.inputs.count)
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
  func chain(from stage: PlannedStage) -> ChainNode? {
    guard let step = stages[stage.name].flatMap(ChainStepMaker.step),
      let counters = counters[stage.name], let main = chainPort(.out, of: stage),
      let rejected = chainPort(.rejected, of: stage)
    else { return nil }
    return ChainNode(step, counters: counters, main: main, rejected: rejected)
  }

  private func chainPort(_ name: PortName, of stage: PlannedStage) -> ChainPort? {
    port(name, of: stage).map { port in
      ChainPort(
        port: port,
        next: consumers(of: name, stage).compactMap { consumer in
          channels[consumer] == nil ? planned[consumer].flatMap(chain) : nil
        })
    }
  }

  private func consumers(of port: PortName, _ stage: PlannedStage) -> [String] {
    consumers[StageOutput(stage: stage.name, port: port)] ?? []
  }
}
