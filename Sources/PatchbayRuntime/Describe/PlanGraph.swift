package import PatchbayCore

/// A plan as nodes and edges: what is connected to what, on which task, behind which buffer.
package struct PlanGraph: Sendable {
  /// How events get from one stage to the next.
  package enum Crossing: Sendable, Equatable {
    /// Through a channel of so many batches of so many events.
    case channel(batches: Int, events: Int)
    /// Through a spool on the disk, of so many bytes.
    case spool(ByteCount)
    /// By a call on the same task.
    case call
  }

  /// A connection between two stages.
  package struct Edge: Sendable {
    package let from: StageOutput
    package let to: String
    package let crossing: Crossing
  }

  package let name: String
  package let stages: [PlannedStage]
  package let edges: [Edge]
  /// Stages that share a task, each group from its head on.
  package let groups: [[String]]
  /// Stages that events reach on the main path; the others see mere records.
  package let mainPath: Set<String>

  /// Where each stage stands among them.
  let places: [String: Int]
  /// The outputs that something takes events from.
  let usedOutputs: Set<StageOutput>

  package init(_ plan: Plan) {
    name = plan.name
    stages = plan.stages
    let chains = StageChains(plan)
    edges = plan.stages.flatMap { stage in
      stage.inputs.map { input in
        Edge(
          from: input, to: stage.name,
          crossing: chains.isCalled(stage.name) ? .call : Self.crossing(into: stage))
      }
    }
    groups = plan.stages.filter { !chains.isCalled($0.name) }
      .map { chains.group(from: $0.name) }.filter { $0.count > 1 }
    places = Dictionary(
      stages.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    usedOutputs = Set(edges.map(\.from))
    mainPath = Self.mainPath(plan)
  }

  private static func crossing(into stage: PlannedStage) -> Crossing {
    switch stage.buffer {
    case .wait(let buffer):
      .channel(batches: buffer.batches, events: Channel.defaultBatchSize)
    case .spool(let buffer): .spool(buffer.bytes)
    }
  }

  private static func mainPath(_ plan: Plan) -> Set<String> {
    var takers: [String: [String]] = [:]
    for stage in plan.stages {
      for input in stage.inputs where input.port == .out {
        takers[input.stage, default: []].append(stage.name)
      }
    }
    var open = plan.stages.filter { $0.role == .source }.map(\.name)
    var found = Set(open)
    while let name = open.popLast() {
      for taker in takers[name] ?? [] where found.insert(taker).inserted { open.append(taker) }
    }
    return found
  }
}
