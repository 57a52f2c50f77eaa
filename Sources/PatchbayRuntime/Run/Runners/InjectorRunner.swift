import PatchbayCore

/// Feeds an injector from its channel, in as many calls at a time as it takes.
struct InjectorRunner {
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
      case .wake: continue
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
          for _ in 0..<count {
            group.addTask(on: services.clock) {
              while let call = await scheduler.next() {
                await inject(call.batch, in: services)
                scheduler.finish(call)
              }
            }
          }
          await group.waitForAll(on: services.clock)
        }
      } onCancel: {
        for batch in scheduler.cut() { counters.abandon(batch) }
      }
    }
  }

  private func inject(_ batch: TrackedBatch, in services: RunServices) async {
    if services.control.has(.cut) { return counters.abandon(batch) }
    var tracked = batch
    let stamp = services.stamps.next()
    var judged = tracked.lend(stamp: stamp)
    let count = judged.count
    await injector.inject(&judged)
    if let fault = tracked.takeBack(judged, stamp: stamp) {
      services.failures.add(counters.path, StageFault.lostEvents(count, fault))
      return tracked.settle(as: .failed)
    }
    tracked.withBatch { complete(&$0, in: services) }
    let unsent = tracked.batch.indices.filter { isUnsent(tracked.batch.outcome(at: $0), services) }
    if !unsent.isEmpty {
      counters.abandon(tracked.subset(unsent))
      let rest = Set(tracked.batch.indices).subtracting(unsent).sorted()
      if rest.isEmpty { return }
      tracked = tracked.subset(rest)
    }
    await passOn(tracked, in: services)
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
