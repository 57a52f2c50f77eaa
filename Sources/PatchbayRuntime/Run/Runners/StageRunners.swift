import PatchbayCore

/// The tasks of a run: one for each source, sink and injector, and one for each chain.
struct StageRunners: Sendable {
  /// How a task of the run came to its end.
  private enum End: Sendable {
    case sources([SourceRunner])
    case sink(EndedSink)
    case other
    /// Everything has to end at once.
    case abort
  }

  private let channels: [String: Channel]
  private let symbols: SymbolTable
  private let counters: [String: StageCounters]
  private var sources: [SourceRunner] = []
  private var sinks: [SinkRunner] = []
  private var spooled: [SpooledRunner] = []
  /// The spools of sinks of which only the documents wait, by name.
  private var documents: [String: SpooledSink] = [:]
  private var injectors: [InjectorRunner] = []
  private var chains: [ChainRunner] = []

  init(
    _ plan: Plan, _ wiring: Wiring, _ opened: OpenStages,
    _ counters: [String: StageCounters], _ ledger: DeliveryLedger, _ symbols: SymbolTable
  ) {
    channels = wiring.channels
    self.symbols = symbols
    self.counters = counters
    let stages = opened.byName
    for planned in plan.stages {
      if let spooled = opened.spooled[planned.name], let sink = planned.stage as? any Sink,
        let inlet = wiring.channels[planned.name], let counters = counters[planned.name]
      {
        self.spooled.append(
          SpooledRunner(inlet: inlet, spooled: spooled, sink: sink, counters: counters))
        continue
      }
      guard let stage = stages[planned.name], let counters = counters[planned.name] else {
        continue
      }
      if let source = stage as? any Source, let main = wiring.port(.out, of: planned),
        let rejected = wiring.port(.rejected, of: planned)
      {
        sources.append(
          SourceRunner(
            source: source, counters: counters, ledger: ledger, symbols: symbols, main: main,
            rejected: rejected))
        continue
      }
      guard let inlet = wiring.channels[planned.name] else { continue }
      if let sink = stage as? any Sink {
        sinks.append(SinkRunner(inlet: inlet, sink: sink, counters: counters))
        documents[planned.name] = opened.documents[planned.name]
      } else if let injector = stage as? any Injector, let main = wiring.port(.out, of: planned),
        let failed = wiring.port(.failed, of: planned)
      {
        injectors.append(
          InjectorRunner(
            inlet: inlet, injector: injector, counters: counters, main: main, failed: failed))
      } else if let head = wiring.chain(from: planned) {
        chains.append(ChainRunner(inlet: inlet, head: head))
      }
    }
  }

  /// Runs every stage until all events have left.
  ///
  /// - Returns: the sinks, which are to be finished.
  func run(in services: RunServices) async -> [EndedSink] {
    await withTaskGroup(of: End.self) { group in
      start(in: &group, services)
      group.addWatcher(on: services.clock) {
        _ = await services.control.wait(for: .abort)
        return .abort
      }
      var left = 1 + sinks.count + spooled.count + injectors.count + chains.count
      var (endedSources, endedSinks) = (sources, [EndedSink]())
      while left > 0, let end = await group.next(on: services.clock) {
        if case .abort = end {
          abort()
          group.cancelAll()
        } else {
          left -= 1
        }
        if case .sink(let sink) = end { endedSinks.append(sink) }
        if case .sources(let runners) = end { endedSources = runners }
      }
      await group.cancelRest(on: services.clock)
      abort()
      for index in endedSources.indices { await endedSources[index].close(in: services) }
      return endedSinks
    }
  }

  private func start(in group: inout TaskGroup<End>, _ services: RunServices) {
    group.addTask(on: services.clock) { await runSources(in: services) }
    for runner in sinks {
      group.addTask(on: services.clock) {
        var runner = runner
        await runner.run(SinkAccount(runner.counters, services))
        let spooled = documents[runner.counters.name]
        return .sink(EndedSink(sink: runner.sink, counters: runner.counters, spooled: spooled))
      }
    }
    for runner in spooled {
      group.addTask(on: services.clock) { .sink(await runner.run(symbols, in: services)) }
    }
    for runner in injectors {
      group.addTask(on: services.clock) {
        await runner.run(in: services)
        return .other
      }
    }
    for runner in chains {
      group.addTask(on: services.clock) {
        var runner = runner
        await runner.run(in: services)
        return .other
      }
    }
  }

  /// Runs the sources until they end or are stopped; nothing else is stopped by that.
  private func runSources(in services: RunServices) async -> End {
    for runner in sources where !runner.source.watchesOthers { services.watched.add() }
    return .sources(
      await services.control.cancelling(at: .drain, on: services.clock) {
        await replay(in: services)
        return await withTaskGroup(of: (Int, SourceRunner).self) { group in
          for (index, source) in sources.enumerated() {
            group.addTask(on: services.clock) {
              var source = source
              await source.run(in: services)
              return (index, source)
            }
          }
          var ended = sources
          while let (index, source) = await group.next(on: services.clock) {
            ended[index] = source
          }
          return ended
        }
      })
  }

  /// Sends on what was emitted before the run was interrupted, before the sources go on.
  private func replay(in services: RunServices) async {
    guard let journal = services.journal, let past = journal.past else { return }
    let runners = Dictionary(
      sources.compactMap { source in
        journal.place(of: source.counters.name).map { ($0, source) }
      }, uniquingKeysWith: { first, _ in first })
    do {
      let replay = try JournalReplay(past, at: journal.path, symbols)
      while !services.control.has(.drain), let part = try await replay.next() {
        await runners[part.source]?.replay(part, in: services)
      }
    } catch {
      services.failures.add("run.journal", error)
      services.control.request(.drain)
    }
  }

  /// Lets nobody wait before a stage any more.
  private func abort() {
    for (name, channel) in channels {
      for batch in channel.abort() { counters[name]?.abandon(batch) }
    }
  }
}
