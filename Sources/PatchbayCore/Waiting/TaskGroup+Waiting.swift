// How a task of the run waits for its child tasks. One that has ended counts as busy until its result is
// taken: time stands until whoever waits for it goes on.

extension TaskGroup {
  /// Adds a task that has something to do from this moment on, until its result is taken.
  ///
  /// - Parameter executor: what it runs on; nil for what this task runs on.
  package mutating func addTask(
    on clock: any PipelineClock, preferring executor: (any TaskExecutor)? = nil,
    _ body: @escaping @Sendable () async -> ChildTaskResult
  ) {
    clock.hold()
    // To prefer none is to leave the one that is inherited.
    if let executor {
      addTask(executorPreference: executor, operation: body)
    } else {
      addTask(operation: body)
    }
  }

  /// Adds a task that has nothing to do in the run's time before it ends, such as one that waits for a
  /// signal.
  package mutating func addWatcher(
    on clock: any PipelineClock, _ body: @escaping @Sendable () async -> ChildTaskResult
  ) {
    addTask {
      let result = await body()
      clock.hold()
      return result
    }
  }

  /// Takes the next result, and lets time pass meanwhile; nil if none is left.
  ///
  /// All tasks of the group were added on the same clock.
  package mutating func next(
    on clock: any PipelineClock, isolation: isolated (any Actor)? = #isolation
  ) async -> ChildTaskResult? {
    if isEmpty { return nil }
    // What the one that ends counted as is what the caller counts as from then on.
    clock.release()
    return await next(isolation: isolation)
  }

  /// Waits for all tasks, and lets time pass meanwhile.
  package mutating func waitForAll(
    on clock: any PipelineClock, isolation: isolated (any Actor)? = #isolation
  ) async {
    while await next(on: clock, isolation: isolation) != nil {}
  }

  /// Cancels the tasks that are left, and waits for them; they end without delay, so no time passes.
  package mutating func cancelRest(
    on clock: any PipelineClock, isolation: isolated (any Actor)? = #isolation
  ) async {
    cancelAll()
    while await next(isolation: isolation) != nil { clock.release() }
  }
}

extension DiscardingTaskGroup {
  /// Adds a task that has something to do from this moment until its end.
  ///
  /// Nobody takes its result: whoever waits for it is resumed by it.
  package mutating func addTask(
    on clock: any PipelineClock, _ body: @escaping @Sendable () async -> Void
  ) {
    clock.hold()
    addTask {
      await body()
      clock.release()
    }
  }
}
