import PatchbayCore

/// A plan as nodes and edges: what is connected to what, on which task, behind which buffer.
package struct PlanGraph: Sendable {
  /// How events get from one stage to the next.
  package enum Crossing: Sendable, Equatable {
    /// Through a channel of so many batches of so many events.
    case channel(batches: Int, events: Int)
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

  package init(_ plan: Plan) {
    name = plan.name
    stages = plan.stages
    edges = plan.stages.flatMap { stage in
      stage.inputs.map { input in
        Edge(
          from: input, to: stage.name,
          crossing: Wiring.isChained(stage, in: plan)
            ? .call : .channel(batches: Channel.defaultCredits, events: Channel.defaultBatchSize))
      }
    }
    groups = Self.groups(plan)
    mainPath = Self.mainPath(plan)
  }

  private static func groups(_ plan: Plan) -> [[String]] {
    func members(from name: String) -> [String] {
      [name]
        + plan.stages.filter { stage in
          Wiring.isChained(stage, in: plan) && stage.inputs[0].stage == name
        }.flatMap { members(from: $0.name) }
    }
    return plan.stages.filter { !Wiring.isChained($0, in: plan) }
      .map { members(from: $0.name) }.filter { $0.count > 1 }
  }

  private static func mainPath(_ plan: Plan) -> Set<String> {
    var found = Set(plan.stages.filter { $0.role == .source }.map(\.name))
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for stage in plan.stages where !found.contains(stage.name) {
        let isReached = stage.inputs.contains {
          $0.port == .out && found.contains($0.stage)
        }
        if isReached {
          found.insert(stage.name)
          hasGrown = true
        }
      }
    }
    return found
  }
}
