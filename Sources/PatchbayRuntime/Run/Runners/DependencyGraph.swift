import DequeModule
package import PatchbayCore

/// The events inside an injector, each behind those of its agent and interaction.
package struct DependencyGraph {
  private struct Node {
    let batch: TrackedBatch
    let keys: [EntityKey]
    var dependencies = 0
    var dependents: [Int] = []
    var isTaken = false
  }

  private var nodes: [Int: Node] = [:]
  private var nextNode = 0
  private var ready: Deque<(node: Int, since: Timestamp)> = []
  private var tails: [EntityKey: Int] = [:]

  /// Makes one without events.
  package init() {}

  /// How many events are inside, those in calls included.
  package var count: Int { nodes.count }
  /// How many events depend on nothing.
  package var readyCount: Int { ready.count }
  /// Since when the first of them does.
  package var oldestReady: Timestamp? { ready.first?.since }

  /// Adds one event of a batch.
  package mutating func insert(_ index: Int, of batch: TrackedBatch, at now: Timestamp) {
    let event = batch.batch[index]
    let keys = [batch.batch.key(event.agent), batch.batch.key(event.interaction)]
      .filter { $0 != .text("") }
    var node = Node(batch: batch.subset([index]), keys: keys)
    let id = nextNode
    nextNode += 1
    for previous in Set(keys.compactMap { tails[$0] }) {
      nodes[previous]?.dependents.append(id)
      node.dependencies += 1
    }
    for key in keys { tails[key] = id }
    nodes[id] = node
    if node.dependencies == 0 { ready.append((id, now)) }
  }

  /// Takes out what one call sends.
  package mutating func takeCall(upTo most: Int) -> InjectionScheduler.Call? {
    var taken: [Int] = []
    var batch: TrackedBatch?
    var within: [Int: Int] = [:]
    var candidates: Deque<Int> = []
    while taken.count < most {
      let candidate = candidates.popFirst() ?? ready.popFirst()?.node
      guard let id = candidate, let node = nodes[id] else { break }
      nodes[id]?.isTaken = true
      taken.append(id)
      if batch?.append(contentsOf: node.batch) == nil { batch = node.batch }
      for dependent in node.dependents {
        within[dependent, default: 0] += 1
        if within[dependent] == nodes[dependent]?.dependencies { candidates.append(dependent) }
      }
    }
    return batch.map { .init(batch: $0, nodes: taken) }
  }

  /// Forgets the events of a call; those that depended on them may become ready.
  package mutating func remove(_ ids: [Int], at now: Timestamp) {
    for id in ids {
      guard let node = nodes.removeValue(forKey: id) else { continue }
      for key in node.keys where tails[key] == id { tails[key] = nil }
      for dependent in node.dependents {
        nodes[dependent]?.dependencies -= 1
        if let other = nodes[dependent], other.dependencies == 0, !other.isTaken {
          ready.append((dependent, now))
        }
      }
    }
  }

  /// Takes out everything that is in no call, in the order in which it came.
  package mutating func removeWaiting() -> [TrackedBatch] {
    let waiting = nodes.filter { !$0.value.isTaken }.sorted { $0.key < $1.key }
    for (id, _) in waiting { nodes[id] = nil }
    ready = []
    return waiting.map(\.value.batch)
  }
}
