import Synchronization

// The ways in which tasks of a run wait for each other. On the virtual clock, time stands still while
// any task has something to do: these functions and those for groups of tasks say so, and nothing else
// in the sources calls `hold()` and `release()`.

extension PipelineClock {
  /// Parks the calling task until another task of the run resumes it.
  ///
  /// Cancelling doesn't end it: whoever could leave others without an answer waits this way.
  ///
  /// - Parameter register: notes the parked task where the other one finds it, and says whether there
  ///   is anything to wait for; called once, at once. It decides and notes under one lock.
  package func park(_ register: (ParkedTask) -> Bool) async {
    await withCheckedContinuation { continuation in
      let task = ParkedTask(continuation, on: self)
      // One that was cancelled while it registered has been counted as busy once more.
      if register(task) || !task.passThrough() { release() }
    }
  }

  /// Parks the calling task until another task of the run resumes it, or it is cancelled.
  ///
  /// A cancelled one is left behind where `register` noted it; resuming it has no effect then.
  ///
  /// - Throws: `CancellationError` if the task is cancelled, also when it was resumed just before.
  package func parkUnlessCancelled(_ register: (ParkedTask) -> Bool) async throws {
    let place = CancellablePlace()
    await withTaskCancellationHandler {
      await park { task in place.enter(task) && register(task) }
    } onCancel: {
      place.cancel()
    }
    try Task.checkCancellation()
  }

  /// Parks the calling task until another task of the run resumes it, a time has come, or it is
  /// cancelled.
  ///
  /// A task whose time has come, or that was cancelled, is left behind where `register` noted it;
  /// resuming it has no effect then.
  ///
  /// - Throws: `CancellationError` if the task is cancelled, also when it was resumed just before.
  package func parkUnlessCancelled(
    until deadline: Timestamp, _ register: (ParkedTask) -> Bool
  ) async throws {
    let place = CancellablePlace()
    await withTaskCancellationHandler {
      await park(until: deadline, at: place, register)
    } onCancel: {
      place.cancel()
    }
    try Task.checkCancellation()
  }

  /// Parks the calling task until another task of the run resumes it, or a time has come.
  ///
  /// - Parameters:
  ///   - deadline: the time on this clock.
  ///   - register: as of `park(_:)`. A task whose time has come is left behind where it was noted.
  package func park(until deadline: Timestamp, _ register: (ParkedTask) -> Bool) async {
    await park(until: deadline, at: CancellablePlace(), register)
  }

  private func park(
    until deadline: Timestamp, at place: CancellablePlace, _ register: (ParkedTask) -> Bool
  ) async {
    await withDiscardingTaskGroup { timer in
      timer.addTask(on: self) {
        if (try? await sleep(until: deadline)) != nil { place.cancel() }
      }
      await park { task in place.enter(task) && register(task) }
      timer.cancelAll()
    }
  }

  /// Runs something that has its own part in the run's time, such as a watchdog or a timer.
  package func whileWorking<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async rethrows -> Result {
    hold()
    defer { release() }
    return try await body()
  }
}

/// Where a parked task can be found by its cancellation, which may come before it parks.
private final class CancellablePlace: Sendable {
  private enum State {
    /// Next: `parked` or `cancelled`.
    case arriving
    /// Next: `cancelled`.
    case parked(ParkedTask)
    /// The end.
    case cancelled
  }

  private let state = Mutex(State.arriving)

  /// Notes the task; false if it was cancelled before it came.
  func enter(_ task: ParkedTask) -> Bool {
    state.withLock { state in
      guard case .arriving = state else { return false }
      state = .parked(task)
      return true
    }
  }

  func cancel() {
    let task = state.withLock { state -> ParkedTask? in
      defer { state = .cancelled }
      if case .parked(let task) = state { return task }
      return nil
    }
    task?.resume()
  }
}
