import PatchbayCore

/// The channels and chains that a plan turns into.
///
/// A validator or correlator with one input that comes from another of their kind is called by it;
/// everything else gets a channel, since its input comes from more than one task or it waits.
struct Wiring {
  private let plan: Plan
  private let stages: [String: any Stage]
  private let counters: [String: StageCounters]
  private let consumers: [PlannedInput: [String]]
  let channels: [String: Channel]

  init(
    plan: Plan, stages: [String: any Stage], counters: [String: StageCounters],
    clock: any PipelineClock
  ) {
    self.plan = plan
    self.stages = stages
    self.counters = counters
    var consumers: [PlannedInput: [String]] = [:]
    var channels: [String: Channel] = [:]
    for stage in plan.stages {
      for input in stage.inputs { consumers[input, default: []].append(stage.name) }
      if stage.role != .source, !Self.isFused(stage, in: plan) {
        channels[stage.name] = Channel(clock: clock, senders: stage.inputs.count)
      }
    }
    self.consumers = consumers
    self.channels = channels
  }

  static func isFused(_ stage: PlannedStage, in plan: Plan) -> Bool {
    guard stage.role.isChained, stage.inputs.count == 1,
      let producer = plan.stage(stage.inputs[0].stage)
    else { return false }
    return producer.role.isChained
  }

  func port(_ name: String, of stage: PlannedStage) -> Port? {
    guard let counters = counters[stage.name] else { return nil }
    var port = Port(name: name, counters: counters)
    for consumer in consumers[PlannedInput(stage: stage.name, port: name)] ?? [] {
      if let channel = channels[consumer] {
        port.channels.append(channel)
      } else if let planned = plan.stage(consumer), let node = chain(from: planned) {
        port.fused.append(node)
      }
    }
    return port
  }

  func chain(from stage: PlannedStage) -> ChainNode? {
    guard let value = stages[stage.name], let counters = counters[stage.name],
      let main = port(PlannedInput.mainPort, of: stage), let rejected = port("rejected", of: stage)
    else { return nil }
    return ChainNode(value, counters: counters, main: main, rejected: rejected)
  }
}

extension StageRole {
  /// Whether stages of this role only compute, and can be called by the one before.
  var isChained: Bool { self == .validator || self == .correlator }
}
