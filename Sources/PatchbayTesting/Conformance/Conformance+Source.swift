public import PatchbayCore

extension Conformance where Subject: Source {
  /// What is wrong with a source.
  ///
  /// Checked beside the declaration: it emits and comes to its end; twice from one seed gives the
  /// same events; while the pipeline is full it waits, and afterwards nothing is missing or out of
  /// order; a source that is cancelled returns, whether the pipeline is full, the clock stands
  /// still, or it is behind its schedule and never waits; it is closed after its last event is
  /// settled.
  ///
  /// - Parameters:
  ///   - ends: whether it comes to an end by itself.
  ///   - isDeterministic: whether one seed means the same events.
  public func problems(ends: Bool = true, isDeterministic: Bool = true) async -> [String] {
    var problems: [String] = []
    guard let options = checkDeclaration(&problems) else { return problems }
    if ends {
      await scenario("a whole run", clock: virtual(), &problems) { bench in
        let (first, found) = await collect(options, bench)
        guard found.isEmpty else { return found }
        if first.isEmpty { return ["emits nothing; give it options or input with events"] }
        return []
      }
      if isDeterministic { await checkRepetition(options, &problems) }
      await scenario("a full pipeline", clock: virtual(), &problems) { bench in
        await checkBackPressure(options, bench)
      }
    }
    await scenario("cancelled while the pipeline is full", &problems) { bench in
      await cancelWhileFull(options, bench)
    }
    await scenario("cancelled while it emits", &problems) { bench in
      await cancelWhileEmitting(options, bench)
    }
    await scenario("cancelled while the clock stands still", clock: ManualClock(), &problems) {
      await cancelWhileWaiting(options, $0)
    }
    return problems
  }

  private func virtual() -> VirtualClock {
    VirtualClock(start: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
  }

  private func checkRepetition(_ options: Subject.Options, _ problems: inout [String]) async {
    let runs = SourceRecord()
    let again = SourceRecord()
    for record in [runs, again] {
      await scenario("the same seed again", clock: virtual(), &problems) { bench in
        let (events, found) = await collect(options, bench)
        record.keep(events)
        return found
      }
    }
    if let index = zip(runs.events, again.events).firstDifference {
      problems.append(
        "the same seed again: event \(index + 1) is \(again.events[index]), "
          + "it was \(runs.events[index])")
    } else if runs.events.count != again.events.count {
      problems.append(
        "the same seed again: \(again.events.count) events, there were \(runs.events.count)")
    }
  }

  /// Runs a source to its end, and returns what it emitted.
  private func collect(
    _ options: Subject.Options, _ bench: ConformanceBench
  ) async -> ([EventFields], [String]) {
    let record = SourceRecord()
    let task = start(options, bench, outlet(bench, record))
    guard let found = await Patience.value(of: task, within: patience) else {
      task.cancel()
      return (record.events, ["hangs: it didn't end within \(patience.optionText)"])
    }
    return (record.events, found)
  }

  private func checkBackPressure(
    _ options: Subject.Options, _ bench: ConformanceBench
  ) async -> [String] {
    let record = SourceRecord(isFull: true)
    let outlet = outlet(bench, record)
    let task = start(options, bench, outlet)
    let arrived = Task { await record.firstArrival() }
    guard await Patience.value(of: arrived, within: patience) != nil else {
      task.cancel()
      record.open()
      return ["hangs: nothing was emitted within \(patience.optionText)"]
    }
    // Whoever doesn't wait goes on emitting meanwhile.
    for _ in 0..<1_000 { await Task.yield() }
    let waiting = outlet.waitingCount
    record.open()
    guard var found = await Patience.value(of: task, within: patience) else {
      task.cancel()
      return ["hangs: it didn't go on once there was room"]
    }
    if waiting > SourceRecord.mostWaiting {
      found.append("keeps \(waiting) calls of emit waiting; await each before the next")
    }
    return found
  }

  private func cancelWhileFull(
    _ options: Subject.Options, _ bench: ConformanceBench
  ) async -> [String] {
    let record = SourceRecord(isFull: true)
    let task = start(options, bench, outlet(bench, record))
    let arrived = Task { await record.firstArrival() }
    _ = await Patience.value(of: arrived, within: .milliseconds(500))
    arrived.cancel()
    task.cancel()
    record.end()
    return await Patience.value(of: task, within: patience) == nil
      ? ["hangs: it didn't return after its task was cancelled"] : []
  }

  /// Nothing holds the source back: only the cancellation can end it before its input does.
  private func cancelWhileEmitting(
    _ options: Subject.Options, _ bench: ConformanceBench
  ) async -> [String] {
    let record = SourceRecord()
    let task = start(options, bench, outlet(bench, record))
    let arrived = Task { await record.firstArrival() }
    _ = await Patience.value(of: arrived, within: .milliseconds(500))
    arrived.cancel()
    task.cancel()
    if await Patience.value(of: task, within: patience) != nil { return [] }
    record.end()
    return [
      "hangs: it goes on after its task was cancelled; let the CancellationError of emit through"
    ]
  }

  private func cancelWhileWaiting(
    _ options: Subject.Options, _ bench: ConformanceBench
  ) async -> [String] {
    let record = SourceRecord()
    let task = start(options, bench, outlet(bench, record))
    let waiting = Task { [clock = bench.clock as? ManualClock] () -> Void in
      await clock?.sleepers(1)
    }
    // It waits for the clock, or has come to its end, or goes on for ever.
    _ = await Patience.value(of: waiting, within: .milliseconds(500))
    task.cancel()
    let returned = await Patience.value(of: task, within: patience) != nil
    if !returned { record.end() }
    (bench.clock as? ManualClock)?.giveUp()
    return returned ? [] : ["hangs: it didn't return after its task was cancelled"]
  }

  private func outlet(_ bench: ConformanceBench, _ record: SourceRecord) -> SourceOutlet {
    SourceOutlet(
      symbols: bench.symbols, clock: bench.clock, batchSize: 16, destination: record.destination)
  }

  private func start(
    _ options: Subject.Options, _ bench: ConformanceBench, _ outlet: SourceOutlet
  ) -> Task<[String], Never> {
    let clock = bench.clock
    clock.hold()
    return Task {
      defer { clock.release() }
      var found: [String] = []
      var source = Subject(options)
      do {
        try await source.open(bench.context)
        try await source.run(emitting: outlet)
      } catch is CancellationError {
      } catch {
        found.append("\(error)")
      }
      await outlet.close()
      do {
        try await source.close()
      } catch is CancellationError {
      } catch {
        found.append("\(error)")
      }
      check(source.findings(), &found)
      return found
    }
  }
}

extension Sequence where Element == (EventFields, EventFields) {
  /// Where two sequences first differ.
  fileprivate var firstDifference: Int? {
    enumerated().first { $0.element.0 != $0.element.1 }?.offset
  }
}
