import DequeModule
package import PatchbayCore

/// The events inside an injector, each behind the last one before it of its agent and of its interaction.
///
/// As at most one event follows directly in each of the two rows, nodes need no lists.
package struct DependencyGraph {
  private struct Node {
    let place: OpenBatches.Place
    let agent: EntityKey?
    let interaction: EntityKey?
    /// The events that this one waits for: none, one or two.
    var dependencies = 0
    /// How many of them are in the call that is being put together.
    var taken = 0
    /// The next event of the agent, and of the interaction; one that is both stands here once.
    var next: (agent: Int?, interaction: Int?) = (nil, nil)
    var isTaken = false
  }

  /// The nodes by their numbers, which are used again.
  private var nodes: [Node?] = []
  private var free: [Int] = []
  private var ready: Deque<(node: Int, since: Timestamp)> = []
  private var agentTails: [EntityKey: Int] = [:]
  private var interactionTails: [EntityKey: Int] = [:]

  /// Makes one without events.
  package init() {}

  /// How many events are inside, those in calls included.
  package var count: Int { nodes.count - free.count }
  /// How many events depend on nothing.
  package var readyCount: Int { ready.count }
  /// Since when the first of them does.
  package var oldestReady: Timestamp? { ready.first?.since }

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - place: where it stands; behind all places before.
  ///   - agent: its agent, or nil if it has none.
  ///   - interaction: its interaction, or nil if it has none.
  package mutating func insert(
    _ place: OpenBatches.Place, agent: EntityKey?, interaction: EntityKey?, at now: Timestamp
  ) {
    var node = Node(place: place, agent: agent, interaction: interaction)
    let id = free.popLast() ?? nodes.count
    let before = agent.flatMap { agentTails.updateValue(id, forKey: $0) }
    let other = interaction.flatMap { interactionTails.updateValue(id, forKey: $0) }
    if let before {
      nodes[before]?.next.agent = id
      node.dependencies += 1
    }
    if let other, other != before {
      nodes[other]?.next.interaction = id
      node.dependencies += 1
    }
    if id < nodes.count { nodes[id] = node } else { nodes.append(node) }
    if node.dependencies == 0 { ready.append((id, now)) }
  }

  /// Where an event that is inside stands.
  package func place(of node: Int) -> OpenBatches.Place? { nodes[node]?.place }

  /// Takes out the events of one call, by their nodes' numbers; none if nothing is ready.
  package mutating func takeCall(upTo most: Int) -> [Int] {
    guard most > 1 else {
      guard let id = ready.popFirst()?.node else { return [] }
      nodes[id]?.isTaken = true
      return [id]
    }
    var taken: [Int] = []
    var touched: [Int] = []
    var candidates: Deque<Int> = []
    while taken.count < most, let id = candidates.popFirst() ?? ready.popFirst()?.node {
      nodes[id]?.isTaken = true
      taken.append(id)
      for dependent in dependents(of: id) {
        nodes[dependent]?.taken += 1
        touched.append(dependent)
        if let node = nodes[dependent], node.taken == node.dependencies {
          candidates.append(dependent)
        }
      }
    }
    for id in touched { nodes[id]?.taken = 0 }
    return taken
  }

  /// Forgets the events of a call; those that depended on them may become ready.
  package mutating func remove(_ ids: [Int], at now: Timestamp) {
    for id in ids {
      let dependents = dependents(of: id)
      free(id)
      for dependent in dependents {
        nodes[dependent]?.dependencies -= 1
        if let node = nodes[dependent], node.dependencies == 0, !node.isTaken {
          ready.append((dependent, now))
        }
      }
    }
  }

  /// Takes out everything that is in no call, in the order in which it came.
  package mutating func removeWaiting() -> [OpenBatches.Place] {
    let waiting = nodes.indices.filter { nodes[$0]?.isTaken == false }
    let places = waiting.compactMap { nodes[$0]?.place }.sorted()
    for id in waiting { free(id) }
    for id in nodes.indices { nodes[id]?.next = (nil, nil) }
    ready = []
    return places
  }

  private func dependents(of id: Int) -> [Int] {
    guard let node = nodes[id] else { return [] }
    switch node.next {
    case (nil, nil): return []
    case (let agent?, nil): return [agent]
    case (nil, let interaction?): return [interaction]
    case (let agent?, let interaction?):
      guard let one = nodes[agent], let other = nodes[interaction] else { return [] }
      return one.place < other.place ? [agent, interaction] : [interaction, agent]
    }
  }

  private mutating func free(_ id: Int) {
    guard let node = nodes[id] else { return }
    if let agent = node.agent, agentTails[agent] == id { agentTails[agent] = nil }
    if let interaction = node.interaction, interactionTails[interaction] == id {
      interactionTails[interaction] = nil
    }
    nodes[id] = nil
    free.append(id)
  }
}
