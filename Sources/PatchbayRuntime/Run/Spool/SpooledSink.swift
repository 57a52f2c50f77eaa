import PatchbayCore

/// A sink with a spool before it.
///
/// It is opened while the run goes on already, since nobody waits for it: one that can't be opened is tried
/// again, like one that takes nothing.
struct SpooledSink: Sendable {
  let spool: Spool
  let limits: SpoolBuffer
  let patience: SpoolPatience
  /// Opens the sink anew.
  let open: @Sendable () async throws -> any Sink
  /// Releases one that can't be used any more.
  let close: @Sendable (any Sink) async -> Void
  /// Whether it could be opened.
  private(set) var isOpen = false

  init(
    _ spool: Spool, _ limits: SpoolBuffer, clock: any PipelineClock,
    open: @escaping @Sendable () async throws -> any Sink,
    close: @escaping @Sendable (any Sink) async -> Void
  ) {
    self.spool = spool
    self.limits = limits
    self.open = open
    self.close = close
    patience = SpoolPatience(clock: clock)
  }

  /// Delivers what is in the spool until nothing more comes and nothing is left, or the sink isn't tried
  /// any more.
  ///
  /// - Parameter unopened: the sink as it stands in the plan.
  func deliver(
    to unopened: any Sink, _ counters: StageCounters, _ symbols: SymbolTable,
    in services: RunServices
  ) async -> EndedSink {
    var ended = EndedSink(sink: unopened, counters: counters, spooled: self)
    await withTaskGroup(of: EndedSink?.self) { group in
      group.addTask(on: services.clock) {
        await deliverAll(to: unopened, counters, symbols, in: services)
      }
      group.addWatcher(on: services.clock) {
        await giveUpWhenStalled(services)
        return nil
      }
      while let end = await group.next(on: services.clock) {
        if let end { ended = end }
        group.cancelAll()
      }
    }
    return ended
  }

  private func deliverAll(
    to unopened: any Sink, _ counters: StageCounters, _ symbols: SymbolTable,
    in services: RunServices
  ) async -> EndedSink {
    var failures = 0
    while !patience.isOver, !services.control.has(.cut) {
      let progress = patience.progress
      let life = SinkLife()
      let account = SpoolAccount(
        counters: counters, services: services, patience: patience, life: life)
      do {
        let sink = await deliver(to: try await open(), account, symbols)
        if life.problem == nil {
          var spooled = self
          spooled.isOpen = true
          return EndedSink(sink: sink, counters: counters, spooled: spooled)
        }
        await close(sink)
        spool.rewind()
      } catch {
        life.end("\(error)")
      }
      failures = patience.progress == progress ? failures + 1 : 1
      guard let problem = life.problem, await account.mayTryAgain(after: failures, problem) else {
        break
      }
    }
    return EndedSink(sink: unopened, counters: counters, spooled: self)
  }

  /// Delivers to a sink that is open, until nothing is left or it takes nothing more.
  private func deliver(
    to sink: any Sink, _ account: SpoolAccount, _ symbols: SymbolTable
  ) async -> any Sink {
    let services = account.services
    let channel = Channel(clock: services.clock, batchSize: services.batchSize, senders: 1)
    let reader = SpoolReader(
      spool: spool, outlet: channel, account: account, symbols: symbols, age: limits.age)
    let runner = SinkRunner(inlet: channel, sink: sink, counters: account.counters)
    return await withTaskGroup(of: (any Sink)?.self) { group in
      group.addTask(on: services.clock) {
        await reader.run()
        return nil
      }
      group.addTask(on: services.clock) {
        var runner = runner
        await runner.run(account)
        // One that was cancelled leaves something there, and somebody who waits for room.
        for batch in channel.abort() { account.abandon(batch) }
        return runner.sink
      }
      var ended = sink
      while let end = await group.next(on: services.clock) { ended = end ?? ended }
      return ended
    }
  }

  /// Gives up when nothing more comes and the sink takes nothing for as long as a shutdown may take, in real
  /// time: it may hang.
  private func giveUpWhenStalled(_ services: RunServices) async {
    guard await spool.waitForEnd() else { return }
    var last = patience.progress
    while (try? await RealClock().sleep(for: services.drain)) != nil {
      let progress = patience.progress
      if progress == last { break }
      last = progress
    }
    if Task.isCancelled { return }
    patience.giveUp("took nothing for \(services.drain.optionText)")
    spool.stop()
  }
}
