import PatchbayCore
import Synchronization

/// Hands an injector's workers events so that no two calls in flight share an agent or interaction.
///
/// Each event depends on the last one before it with its agent and the last one with its
/// interaction. An event without open dependencies is ready; ready ones go out in order of arrival.
/// A call may also take an event that depends only on events of the same call, since a call keeps
/// their order.
final class InjectionScheduler: Sendable {
  /// What one worker sends in one call.
  struct Call: Sendable {
    var batch: EventBatch
    fileprivate let nodes: [Int]
  }

  private struct Node {
    let batch: EventBatch
    let keys: [EntityKey]
    var dependencies = 0
    var dependents: [Int] = []
    var isTaken = false
  }

  private struct State {
    var nodes: [Int: Node] = [:]
    var nextNode = 0
    var ready: [(node: Int, since: Timestamp)] = []
    var readyHead = 0
    /// Tells the worker that waits for a call to fill up that it has; it holds the clock then.
    var lingering: AsyncStream<Void>.Continuation?
    var lingeringWasTold = false
    var tails: [EntityKey: Int] = [:]
    var isClosed = false
    var workers: [CheckedContinuation<Void, Never>] = []
    var feeder: CheckedContinuation<Void, Never>?

    var readyCount: Int { ready.count - readyHead }

    mutating func popReady() -> Int? {
      guard readyHead < ready.count else { return nil }
      let node = ready[readyHead].node
      readyHead += 1
      if readyHead == ready.count {
        ready.removeAll(keepingCapacity: true)
        readyHead = 0
      }
      return node
    }
  }

  private let state = Mutex(State())
  private let capacity: InjectorCapacity
  private let clock: any PipelineClock
  private let limit: Int

  init(capacity: InjectorCapacity, clock: any PipelineClock) {
    self.capacity = capacity
    self.clock = clock
    limit = max(512, 2 * capacity.calls * capacity.eventsPerCall)
  }

  /// Adds a batch's events, after waiting until few enough are inside.
  func add(_ batch: EventBatch) async {
    while true {
      let isFull = state.withLock { $0.nodes.count >= limit }
      if !isFull { break }
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard state.nodes.count >= limit else { return false }
          state.feeder = continuation
          return true
        }
        if waits { clock.release() } else { continuation.resume() }
      }
    }
    wake(
      state.withLock { state in
        for index in batch.indices { insert(index, of: batch, into: &state) }
        return idleWorkers(&state)
      })
  }

  /// No more events come.
  func close() {
    wake(
      state.withLock { state in
        state.isClosed = true
        return idleWorkers(&state)
      })
  }

  /// What a worker does next.
  private enum Turn {
    case call(Call)
    /// There won't be anything.
    case over
    /// There is something, but others may come to share the call with.
    case linger(until: Timestamp, told: AsyncStream<Void>)
    case park
  }

  /// The next call, or nil when there won't be any.
  func next() async -> Call? {
    while true {
      switch state.withLock({ turn(&$0) }) {
      case .call(let call):
        // What is left may be due, or needs another to watch the time.
        if capacity.linger > .zero { wake(state.withLock { idleWorkers(&$0) }) }
        return call
      case .over: return nil
      case .linger(let deadline, let told): await linger(until: deadline, told)
      case .park: await park()
      }
    }
  }

  private func turn(_ state: inout State) -> Turn {
    if state.readyCount == 0 {
      return state.isClosed && state.nodes.isEmpty ? .over : .park
    }
    if mustWait(state) {
      // One worker watches the time; it is enough for the first call to become due.
      guard state.lingering == nil else { return .park }
      let (told, continuation) = AsyncStream.makeStream(of: Void.self)
      state.lingering = continuation
      return .linger(until: dueTime(state), told: told)
    }
    return makeCall(&state).map { .call($0) } ?? .park
  }

  /// Whether what is ready should wait for more.
  private func mustWait(_ state: State) -> Bool {
    capacity.linger > .zero && !state.isClosed && state.readyCount > 0
      && state.readyCount < capacity.eventsPerCall && clock.now < dueTime(state)
  }

  private func dueTime(_ state: State) -> Timestamp {
    state.ready[state.readyHead].since.advanced(by: capacity.linger)
  }

  /// Waits until the oldest ready event has waited long enough, or the call is full.
  private func linger(until deadline: Timestamp, _ told: AsyncStream<Void>) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [clock] in try? await clock.sleep(until: deadline) }
      group.addTask { for await _ in told { break } }
      await group.next()
      group.cancelAll()
    }
    let wasTold = state.withLock { state in
      defer { state.lingeringWasTold = false }
      state.lingering?.finish()
      state.lingering = nil
      return state.lingeringWasTold
    }
    // The hold that came with the word.
    if wasTold { clock.release() }
  }

  private func park() async {
    await withCheckedContinuation { continuation in
      let waits = state.withLock { state in
        let hasTurn = state.readyCount > 0 && !(mustWait(state) && state.lingering != nil)
        if hasTurn || (state.isClosed && state.nodes.isEmpty) { return false }
        state.workers.append(continuation)
        return true
      }
      if waits { clock.release() } else { continuation.resume() }
    }
  }

  /// A call has ended, and its events are on their way to whoever comes next.
  func finish(_ call: Call) {
    let (workers, feeder) = state.withLock {
      state -> ([CheckedContinuation<Void, Never>], CheckedContinuation<Void, Never>?) in
      for id in call.nodes {
        guard let node = state.nodes.removeValue(forKey: id) else { continue }
        for key in node.keys where state.tails[key] == id { state.tails[key] = nil }
        for dependent in node.dependents {
          state.nodes[dependent]?.dependencies -= 1
          if let other = state.nodes[dependent], other.dependencies == 0, !other.isTaken {
            state.ready.append((dependent, clock.now))
          }
        }
      }
      let feeder = state.nodes.count < limit ? state.feeder : nil
      if feeder != nil { state.feeder = nil }
      return (idleWorkers(&state), feeder)
    }
    wake(workers + (feeder.map { [$0] } ?? []))
  }

  private func insert(_ index: Int, of batch: EventBatch, into state: inout State) {
    let event = batch[index]
    let keys = [batch.key(event.agent), batch.key(event.interaction)]
      .filter { $0 != .text("") }
    var node = Node(batch: batch.subset([index]), keys: keys)
    let id = state.nextNode
    state.nextNode += 1
    for previous in Set(keys.compactMap { state.tails[$0] }) {
      state.nodes[previous]?.dependents.append(id)
      node.dependencies += 1
    }
    for key in keys { state.tails[key] = id }
    state.nodes[id] = node
    if node.dependencies == 0 { state.ready.append((id, clock.now)) }
  }

  private func makeCall(_ state: inout State) -> Call? {
    var taken: [Int] = []
    var batch: EventBatch?
    var within: [Int: Int] = [:]
    var candidates: [Int] = []
    while taken.count < capacity.eventsPerCall {
      let candidate = candidates.isEmpty ? state.popReady() : candidates.removeFirst()
      guard let id = candidate, let node = state.nodes[id] else { break }
      state.nodes[id]?.isTaken = true
      taken.append(id)
      if batch == nil { batch = node.batch } else { batch?.append(contentsOf: node.batch) }
      for dependent in node.dependents {
        within[dependent, default: 0] += 1
        if within[dependent] == state.nodes[dependent]?.dependencies {
          candidates.append(dependent)
        }
      }
    }
    return batch.map { Call(batch: $0, nodes: taken) }
  }

  /// The workers to wake: as many as there are ready events, or all at the end.
  private func idleWorkers(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    let isOver = state.isClosed && state.nodes.isEmpty
    if !mustWait(state), let lingering = state.lingering {
      state.lingering = nil
      state.lingeringWasTold = true
      clock.hold()
      lingering.yield()
    }
    let count = isOver ? state.workers.count : state.readyCount
    let woken = Array(state.workers.suffix(count))
    state.workers.removeLast(woken.count)
    return woken
  }

  private func wake(_ continuations: [CheckedContinuation<Void, Never>]) {
    for continuation in continuations {
      clock.hold()
      continuation.resume()
    }
  }
}
