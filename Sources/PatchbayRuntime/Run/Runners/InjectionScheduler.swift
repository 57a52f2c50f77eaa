package import PatchbayCore
import Synchronization

/// Hands an injector's workers events so that no two calls in flight share an agent or interaction.
///
/// Each event depends on the last one before it with its agent and the last one with its
/// interaction. An event without open dependencies is ready; ready ones go out in order of arrival.
/// A call may also take an event that depends only on events of the same call, since a call keeps
/// their order.
///
/// What has been judged is taken out by one task, in order, as much as there is: so batches grow with the
/// load, and no worker waits for whoever comes next, as long as there is room.
package final class InjectionScheduler: Sendable {
  /// What one worker sends in one call.
  package struct Call: Sendable {
    /// Copies of the events.
    package let batch: EventBatch
    let nodes: [Int]
    let places: [OpenBatches.Place]
    /// By which the run's journal knows them; empty without one.
    private let numbers: [Int?]

    /// By which the run's journal knows an event; nil if it doesn't.
    func number(at index: Int) -> Int? { numbers.isEmpty ? nil : numbers[index] }

    /// Copies the events of a draft; nil if it has none.
    fileprivate init?(_ draft: Draft) {
      var batch: EventBatch?
      for excerpt in draft.excerpts { batch = excerpt.appended(to: batch) }
      guard let batch else { return nil }
      self.batch = batch
      (nodes, places, numbers) = (draft.nodes, draft.places, draft.numbers)
    }
  }

  /// A call whose events are still to be copied, which needs no lock.
  struct Draft {
    let nodes: [Int]
    let places: [OpenBatches.Place]
    let numbers: [Int?]
    let excerpts: [OpenBatches.Excerpt]
  }

  private let state: Mutex<State>
  private let clock: any PipelineClock

  /// Makes one without events.
  package init(capacity: InjectorCapacity, clock: any PipelineClock) {
    state = Mutex(State(capacity: capacity))
    self.clock = clock
  }

  /// Adds a batch's events, after waiting until few enough are inside.
  ///
  /// - Returns: false if nothing is taken any more.
  package func add(_ batch: TrackedBatch) async -> Bool {
    await clock.park { task in state.withLock { $0.mustWaitForRoom(task) } }
    let (isTaken, woken) = state.withLock { $0.add(batch, at: clock.now) }
    woken.resumeAll()
    return isTaken
  }

  /// No more events come.
  package func close() { state.withLock { $0.close() }.resumeAll() }

  /// Hands out nothing more.
  ///
  /// - Returns: what was never handed out.
  package func cut() -> [TrackedBatch] {
    let (left, woken) = state.withLock { $0.cut() }
    woken.resumeAll()
    return left
  }

  /// The next call, or nil when there won't be any.
  package func next() async -> Call? {
    while true {
      let (turn, woken) = state.withLock { $0.turn(at: clock.now) }
      woken.resumeAll()
      switch turn {
      case .call(let draft): return Call(draft)
      case .over: return nil
      case .wait(let deadline): await park(until: deadline)
      }
    }
  }

  /// A call has ended.
  ///
  /// - Parameters:
  ///   - judged: its events as they came back; nil if they are lost.
  ///   - unsent: the positions of those that came back as they were.
  /// - Returns: the events that weren't judged: those, or all.
  package func finish(
    _ call: Call, _ judged: EventBatch?, unsent: [Int] = []
  ) -> [TrackedBatch] {
    let (left, woken) = state.withLock { $0.finish(call, judged, unsent, at: clock.now) }
    woken.resumeAll()
    return left
  }

  /// What has been judged since the last time, waiting until there is something; nil when there won't be
  /// any more.
  ///
  /// For one task, which has sent on what it took before.
  package func nextJudged() async -> [TrackedBatch]? {
    while true {
      let (taken, woken) = state.withLock { $0.takeJudged(at: clock.now) }
      woken.resumeAll()
      switch taken {
      case .some(let batches) where batches.isEmpty:
        await clock.park { task in state.withLock { $0.mustWaitForJudged(task) } }
      case let batches: return batches
      }
    }
  }

  /// Waits for a turn, or until the oldest ready event has waited long enough for company.
  private func park(until deadline: Timestamp?) async {
    guard let deadline else {
      return await clock.park { task in state.withLock { $0.mustWait(task, at: clock.now) } }
    }
    var own: ParkedTask?
    await clock.park(until: deadline) { task in
      own = task
      return state.withLock { $0.mustLinger(task, at: clock.now) }
    }
    state.withLock { [own] in $0.endLinger(own) }
  }
}
