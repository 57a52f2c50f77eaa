import PatchbayCore

/// Which stages are called by the one before instead of being fed by a channel.
///
/// A validator or correlator with one input that comes from another of their kind is called by it;
/// everything else gets a channel, since its input comes from more than one task or it waits.
struct StageChains {
  /// The most stages that call each other.
  ///
  /// Calls within calls use up a thread's stack, which ten thousand of them did; a channel for each 64
  /// stages costs nothing that could be measured.
  static let longest = 64

  /// The stages that each calls, in the order of the plan.
  private let callees: [String: [String]]
  private let called: Set<String>

  init(_ plan: Plan) {
    let stages = Dictionary(
      plan.stages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    func caller(of stage: PlannedStage) -> PlannedStage? {
      guard stage.role.onlyComputes, stage.inputs.count == 1,
        let producer = stages[stage.inputs[0].stage], producer.role.onlyComputes
      else { return nil }
      return producer
    }
    var places: [String: Int] = [:]
    var callees: [String: [String]] = [:]
    var called: Set<String> = []
    for stage in plan.stages {
      // Up to the head or a stage whose place is known, then down again.
      var way = [stage]
      while let last = way.last, places[last.name] == nil, let caller = caller(of: last) {
        way.append(caller)
      }
      var place = way.last.flatMap { places[$0.name] } ?? 0
      for stage in way.reversed() {
        if let known = places[stage.name] {
          place = known
          continue
        }
        place = caller(of: stage) == nil || place == Self.longest ? 1 : place + 1
        places[stage.name] = place
      }
      if place > 1, let caller = caller(of: stage) {
        called.insert(stage.name)
        callees[caller.name, default: []].append(stage.name)
      }
    }
    (self.callees, self.called) = (callees, called)
  }

  /// Whether another stage calls it.
  func isCalled(_ stage: String) -> Bool { called.contains(stage) }

  /// A stage that isn't called and all those that run on its task, each before those that it calls.
  func group(from head: String) -> [String] {
    var group: [String] = []
    var open = [head]
    while let name = open.popLast() {
      group.append(name)
      open += (callees[name] ?? []).reversed()
    }
    return group
  }
}

extension StageRole {
  /// Whether stages of this role only compute, and can be called by the one before.
  fileprivate var onlyComputes: Bool { self == .validator || self == .correlator }
}
