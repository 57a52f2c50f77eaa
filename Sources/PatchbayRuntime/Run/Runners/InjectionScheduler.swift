package import PatchbayCore
import Synchronization

/// Hands an injector's workers events so that no two calls in flight share an agent or interaction.
///
/// Each event depends on the last one before it with its agent and the last one with its
/// interaction. An event without open dependencies is ready; ready ones go out in order of arrival.
/// A call may also take an event that depends only on events of the same call, since a call keeps
/// their order.
package final class InjectionScheduler: Sendable {
  /// What one worker sends in one call.
  package struct Call: Sendable {
    package let batch: TrackedBatch
    package let nodes: [Int]
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
      case .call(let call): return call
      case .over: return nil
      case .wait(let deadline): await park(until: deadline)
      }
    }
  }

  /// A call has ended, and its events are on their way to whoever comes next.
  package func finish(_ call: Call) {
    state.withLock { $0.finish(call, at: clock.now) }.resumeAll()
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
