import PatchbayCore

/// Runs a source and carries what it emits into the pipeline.
struct SourceRunner {
  /// How long an unfilled batch may wait for more events, in real time.
  private static let linger = Duration.milliseconds(5)

  private(set) var source: any Source
  private(set) var hasFailed = false
  let counters: StageCounters
  let ledger: DeliveryLedger
  let symbols: SymbolTable
  let main: Port
  let rejected: Port

  mutating func run(in services: RunServices) async {
    counters.update { [watches = source.watchesOthers] in $0.watchesOthers = watches }
    let journal = services.journal?.stage(counters.name)
    let past = journal?.sourcePast
    let outlet = SourceOutlet(
      symbols: symbols, clock: services.clock, batchSize: services.batchSize,
      destination: destination(in: services, journal), past: past,
      repeats: source.repeatsItself)
    if past == nil { journal?.journal.started(source: journal?.stage ?? 0, at: outlet.startedAt) }
    await withDiscardingTaskGroup { group in
      group.addTask {
        // In real time, whatever the run's clock is: a batch lingers for real.
        for await _ in outlet.started {
          guard (try? await RealClock().sleep(for: Self.linger)) != nil else { return }
          try? await outlet.flush()
        }
      }
      do {
        try await source.run(emitting: outlet)
      } catch is CancellationError where Task.isCancelled || services.control.has(.drain) {
        // Shutdown; what was emitted is still delivered.
      } catch {
        hasFailed = true
        services.failures.add(counters.path, error)
      }
      await outlet.close()
      if !source.watchesOthers { services.watched.end() }
      if let progress = outlet.repetition, !services.control.has(.drain) {
        services.failures.add(
          counters.path, "ended \(progress): its input has changed since the run was interrupted")
      }
      group.cancelAll()
    }
    main.close()
    rejected.close()
  }

  /// Lets the source go once all of its events are settled.
  mutating func close(in services: RunServices) async {
    let (closed, failure) = await services.control.cancelling(at: .abort, on: services.clock) {
      [source] in
      await Self.close(source)
    }
    source = closed
    if let failure, !(failure is CancellationError && services.control.has(.cut)) {
      services.failures.add(counters.path, failure)
    }
    counters.update { [watches = source.watchesOthers] in $0.watchesOthers = watches }
    counters.note(source.findings())
    noteUnusableInput(in: services)
    for observer in services.observers { observer.stage(counters.name, ended: source) }
  }

  /// Fails the run if the source was given something and could use nothing of it: whoever looks only at whether
  /// events were lost would call that good.
  private func noteUnusableInput(in services: RunServices) {
    let report = counters.snapshot
    let turnedAway = report.sent[.rejected] ?? 0
    guard turnedAway > 0, report.sent[.out] ?? 0 == 0, !source.watchesOthers, !hasFailed,
      !services.control.has(.drain)
    else { return }
    let reasons = report.findings.events.compactMap(\.reason).prefix(3)
    let first = reasons.isEmpty ? "" : "; the first: \(reasons.joined(separator: "; "))"
    services.failures.add(
      counters.path,
      PipelineError("nothing of its input could be used: \(turnedAway) turned away\(first)"))
  }

  private static func close(_ source: any Source) async -> (any Source, (any Error)?) {
    var source = source
    do {
      try await source.close()
      return (source, nil)
    } catch {
      return (source, error)
    }
  }

  /// Sends on what the source emitted before the run was interrupted.
  func replay(_ part: JournalReplay.Part, in services: RunServices) async {
    var batch = part.batch
    // Latency counts from the present, not from before the interruption.
    let now = services.clock.now
    for index in batch.indices { batch[index].intended = now }
    let ticket = DeliveryTicket(ledger: ledger)
    let slots = ticket.add(batch.count)
    ticket.depart(batch.count)
    var tracked = TrackedBatch(batch, ticket, slots)
    tracked.number(from: part.first)
    counters.update { $0.received += batch.count }
    if part.isRejected {
      await rejected.divert(tracked, as: .rejected, in: services)
    } else {
      await main.push(tracked)
    }
  }

  private func destination(
    in services: RunServices, _ journal: StageJournal?
  ) -> SourceOutlet.Destination {
    SourceOutlet.Destination(
      ledger: ledger,
      main: { [main, counters] batch in
        var batch = batch
        await journal?.emitted(&batch, isRejected: false, at: services.clock.now)
        counters.update { $0.received += batch.count }
        // Apart from the batch, which nobody else may hold while it goes on.
        let intended = batch.intendedTimes
        await main.push(batch)
        counters.note(intended: intended, leftAt: services.clock.now)
        if services.control.has(.abort) { throw CancellationError() }
      },
      rejected: { [rejected, counters] batch in
        var batch = batch
        await journal?.emitted(&batch, isRejected: true, at: services.clock.now)
        counters.update { $0.received += batch.count }
        await rejected.divert(batch, as: .rejected, in: services)
        if services.control.has(.abort) { throw CancellationError() }
      }, isStopping: { services.control.has(.drain) },
      othersAreDone: { [ledger] in services.watched.haveEnded && ledger.counts.isBalanced })
  }
}
