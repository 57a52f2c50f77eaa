import PatchbayCore

/// Feeds an injector from its channel, in as many calls at a time as it takes.
struct InjectorRunner {
  let inlet: Channel
  let injector: any Injector
  let counters: StageCounters
  var main: Port
  var failed: Port

  func run(in services: RunServices) async {
    let capacity = injector.capacity
    let scheduler = InjectionScheduler(capacity: capacity, clock: services.clock)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<capacity.calls {
        services.clock.hold()
        group.addTask {
          while let call = await scheduler.next() {
            await inject(call.batch, in: services)
            scheduler.finish(call)
          }
          services.clock.release()
        }
      }
      feed: while true {
        switch await inlet.next() {
        case .batch(let batch):
          let count = batch.count
          counters.update { $0.received += count }
          await scheduler.add(batch)
        case .wake: continue
        case .end: break feed
        }
      }
      scheduler.close()
      // The workers go on with what is inside; this task only waits for them.
      services.clock.release()
      await group.waitForAll()
      services.clock.hold()
    }
    var injector = injector
    await injector.close()
    let findings = injector.findings()
    counters.update { $0.findings = findings }
    services.observer?.stage(counters.name, ended: injector)
    var (main, failed) = (main, failed)
    await main.close(in: services)
    await failed.close(in: services)
  }

  private func inject(_ batch: EventBatch, in services: RunServices) async {
    if services.abort.isSet { return batch.settle(as: .abandoned) }
    var judged = batch
    judged.clearMarks()
    await injector.inject(&judged)
    if judged.count != batch.count {
      services.failures.add(counters.path, "dropped events without a verdict; that is a bug in it")
      return batch.settle(as: .failed)
    }
    for index in judged.indices {
      let kind = judged.outcome(at: index).kind
      if kind != .accepted { judged.mark(index, .reject) }
      if kind == .undecided {
        services.failures.add(counters.path, "left an event without a verdict; that is a bug in it")
        judged.judge(
          index, Outcome(.failed), code: "no_verdict", reason: "the injector gave no verdict")
      }
    }
    services.latency.record(judged)
    services.observer?.injector(counters.name, judged: judged)
    var (main, failed) = (main, failed)
    let parts = judged.separated()
    if let part = parts[.reject] { await failed.divert(part, as: .failed, in: services) }
    if let part = parts[.pass] { await main.push(part, in: services) }
  }
}
