import PatchbayCore

/// Feeds an injector from its channel, in as many calls at a time as it takes.
struct InjectorRunner {
  /// How long what has been judged may wait for company, in real time.
  private static let pause = Duration.milliseconds(2)

  let inlet: Channel
  let injector: any Injector
  let counters: StageCounters
  let main: Port
  let failed: Port

  func run(in services: RunServices) async {
    let capacity = injector.capacity
    let scheduler = InjectionScheduler(capacity: capacity, clock: services.clock)
    await withTaskGroup(of: Void.self) { group in
      group.addTask(on: services.clock) {
        await makeCalls(scheduler, capacity.calls, in: services)
      }
      await feed(scheduler)
      // The calls go on with what is inside; this task only waits for them.
      await group.waitForAll(on: services.clock)
    }
    var injector = injector
    await injector.close()
    counters.note(injector.findings())
    for observer in services.observers { observer.stage(counters.name, ended: injector) }
    main.close()
    failed.close()
  }

  private func feed(_ scheduler: InjectionScheduler) async {
    while true {
      switch await inlet.next() {
      case .batch(let batch):
        counters.update { $0.received += batch.count }
        if await !scheduler.add(batch) { counters.abandon(batch) }
        counters.refresh { injector.findings() }
      case .wake: counters.refresh { injector.findings() }
      case .end: return scheduler.close()
      }
    }
  }

  /// Makes calls until there are no more, or the drain has taken too long: then those under way are
  /// cancelled, and what they come back with still goes its way.
  private func makeCalls(
    _ scheduler: InjectionScheduler, _ count: Int, in services: RunServices
  ) async {
    await services.control.cancelling(at: .cut, on: services.clock) {
      await withTaskCancellationHandler {
        await withTaskGroup(of: Void.self) { group in
          let executors = (injector as? any ExecutorOwner)?.taskExecutors ?? []
          for number in 0..<count {
            let executor = executors.isEmpty ? nil : executors[number % executors.count]
            group.addTask(on: services.clock, preferring: executor) {
              while let call = await scheduler.next() {
                await make(call, of: scheduler, in: services)
              }
            }
          }
          group.addTask(on: services.clock) { await sendOn(scheduler, in: services) }
          await group.waitForAll(on: services.clock)
        }
      } onCancel: {
        for batch in scheduler.cut() { counters.abandon(batch) }
      }
    }
  }

  private func make(
    _ call: InjectionScheduler.Call, of scheduler: InjectionScheduler, in services: RunServices
  ) async {
    let result =
      if let journal = services.journal?.stage(counters.name) {
        await inject(call, journal, in: services)
      } else {
        await inject(call.batch, in: services)
      }
    switch result {
    case .judged(let judged, let unsent):
      for batch in scheduler.finish(call, judged, unsent: unsent) { counters.abandon(batch) }
    case .lost:
      for batch in scheduler.finish(call, nil) { batch.settle(as: .failed) }
    }
  }

  /// Sends on what has been judged.
  ///
  /// After each time it lets some company gather for the next: to wake whoever comes next for every
  /// event costs as much as to send one.
  private func sendOn(_ scheduler: InjectionScheduler, in services: RunServices) async {
    while let batches = await scheduler.nextJudged() {
      for batch in batches { await passOn(batch, in: services) }
      if services.clock.standsStillForWork { continue }
      try? await RealClock().sleep(for: Self.pause)
    }
  }

  /// What came of a call.
  enum Result {
    /// The events as they came back, and the positions of those that weren't sent because the run ends.
    case judged(EventBatch, unsent: [Int])
    /// The injector came back without them.
    case lost
  }

  func inject(_ batch: EventBatch, in services: RunServices) async -> Result {
    if services.control.has(.cut) { return .judged(batch, unsent: Array(batch.indices)) }
    var tracked = TrackedBatch(records: batch)
    let stamp = services.stamps.next()
    var judged = tracked.lend(stamp: stamp)
    await injector.inject(&judged)
    if let fault = tracked.takeBack(judged, stamp: stamp) {
      services.failures.add(counters.path, StageFault.lostEvents(batch.count, fault))
      return .lost
    }
    complete(&judged, in: services)
    return .judged(
      judged, unsent: judged.indices.filter { isUnsent(judged.outcome(at: $0), services) })
  }

  /// Sees to it that every event has a verdict.
  private func complete(_ batch: inout EventBatch, in services: RunServices) {
    for index in batch.indices where batch.outcome(at: index).kind == .undecided {
      services.failures.add(counters.path, StageFault.noVerdict)
      batch.judge(
        index, Outcome(.failed), code: "no_verdict", reason: "the injector gave no verdict")
    }
  }

  /// Whether an event came back because the run has to end, before it was sent.
  private func isUnsent(_ outcome: Outcome, _ services: RunServices) -> Bool {
    outcome.kind == .failed && outcome.attempts == 0 && services.control.has(.cut)
  }

  private func passOn(_ tracked: TrackedBatch, in services: RunServices) async {
    services.latency.record(tracked.batch)
    for observer in services.observers {
      observer.injector(counters.name, judged: tracked.batch)
    }
    let isAccepted = tracked.batch.indices.map {
      tracked.batch.outcome(at: $0).kind == .accepted
    }
    if isAccepted.allSatisfy({ $0 }) { return await main.push(tracked) }
    let accepted = isAccepted.indices.filter { isAccepted[$0] }
    let others = isAccepted.indices.filter { !isAccepted[$0] }
    await failed.divert(tracked.subset(others), as: .failed, in: services)
    await main.push(tracked.subset(accepted))
  }
}
