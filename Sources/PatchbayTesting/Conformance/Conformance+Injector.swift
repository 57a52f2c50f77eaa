public import PatchbayCore

extension Conformance where Subject: Injector {
  /// What is wrong with an injector.
  ///
  /// Checked beside the declaration: every event gets a verdict, and one that failed a code and a
  /// reason; no event is changed, added or dropped, malformed ones included, and the batch stays the
  /// one it was given; as many calls at a time as it says it takes; an empty batch; a call that is cancelled returns soon with a verdict for
  /// every event; `close` returns, also without a call before it.
  public func problems() async -> [String] {
    var problems: [String] = []
    guard let options = checkDeclaration(&problems) else { return problems }
    await scenario("verdicts", &problems) { bench in
      let work = Task { await injectAll(options, bench) }
      return await Patience.value(of: work, within: patience)
        ?? ["hangs: it didn't judge all events within \(patience.optionText)"]
    }
    await scenario("no events", &problems) { bench in
      var injector = Subject(options)
      try await injector.open(bench.context)
      await injector.close()
      return []
    }
    for isEarly in [false, true] {
      await scenario("a cancelled call", &problems) { bench in
        await injectCancelled(options, bench, isEarly)
      }
    }
    return problems
  }

  private func injectAll(_ options: Subject.Options, _ bench: ConformanceBench) async -> [String] {
    var injector = Subject(options)
    do {
      try await injector.open(bench.context)
    } catch {
      return ["\(error)"]
    }
    let capacity = injector.capacity
    let calls = min(capacity.calls, 8)
    // Agents of their own for each call, as the runtime sees to it.
    let shares = (0..<calls).map { call in
      (0..<min(capacity.eventsPerCall, 20)).map { EventFields.sample(call * 100 + $0, agent: call) }
    }
    var found: [String] = []
    found += await withTaskGroup(of: [String].self) { [injector] group in
      for share in shares + SampleEvents.hostile.map({ [$0] }) + [[]] {
        group.addTask { await inject(share, with: injector, bench) }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    await injector.close()
    check(injector.findings(), &found)
    return found
  }

  private func inject(
    _ events: [EventFields], with injector: Subject, _ bench: ConformanceBench
  ) async -> [String] {
    var batch = bench.stamped(events)
    let stamp = batch.stamp
    await injector.inject(&batch)
    var judgement = Judgement()
    judgement.add(batch, given: stamp)
    let unjudged = judgement.unjudged
    return judgement.problems(of: events)
      + (unjudged > 0 ? ["\(unjudged) of \(events.count) events got no verdict"] : [])
  }

  private func injectCancelled(
    _ options: Subject.Options, _ bench: ConformanceBench, _ isEarly: Bool
  ) async -> [String] {
    let task = Task { () -> [String] in
      var injector = Subject(options)
      do {
        try await injector.open(bench.context)
      } catch {
        return []
      }
      if isEarly { await Patience.cancellation() }
      let count = min(injector.capacity.eventsPerCall, 20)
      let found = await inject(SampleEvents.wellFormed(count), with: injector, bench)
      await injector.close()
      return found
    }
    await Task.yield()
    task.cancel()
    return await Patience.value(of: task, within: patience)
      ?? ["hangs: inject or close didn't return after the task was cancelled"]
  }
}
