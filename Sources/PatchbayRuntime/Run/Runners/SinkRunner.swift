import PatchbayCore

/// Feeds a sink from its channel, and tries again what it didn't take.
struct SinkRunner {
  let inlet: Channel
  private(set) var sink: any Sink
  let counters: StageCounters

  mutating func run(in services: RunServices) async {
    let account = SinkAccount(
      counters: counters, services: services, journal: services.journal?.stage(counters.name))
    if let windowed = sink as? any WindowedSink {
      sink = await run(windowed, account)
      return
    }
    while true {
      switch await inlet.next() {
      case .batch(let batch):
        guard account.receive(batch), let batch = await account.new(batch, for: &sink) else {
          continue
        }
        var attempt = WriteAttempt(batch, account)
        while await attempt.complete({ try await sink.write($0) }) {}
        counters.refresh { sink.findings() }
      case .wake: continue
      case .end: return
      }
    }
  }

  private func run<Windowed: WindowedSink>(
    _ sink: Windowed, _ account: SinkAccount
  ) async -> Windowed {
    var runner = WindowRunner(inlet: inlet, sink: sink, account: account)
    await runner.run()
    return runner.sink
  }

  /// Completes the sink; what goes wrong is noted as its failure.
  mutating func finish(_ report: RunReport, in services: RunServices) async {
    do {
      try await sink.finish(report)
    } catch is CancellationError where services.control.has(.cut) {
      services.failures.add(counters.path, "wasn't finished: the run had to end")
    } catch {
      services.failures.add(counters.path, error)
    }
    counters.note(sink.findings())
    for observer in services.observers { observer.stage(counters.name, ended: sink) }
  }
}
