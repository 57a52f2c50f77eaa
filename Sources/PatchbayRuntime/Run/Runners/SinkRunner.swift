import PatchbayCore

/// Feeds a sink from its channel, and tries again what it didn't take.
struct SinkRunner {
  let inlet: Channel
  var sink: any Sink
  let counters: StageCounters

  mutating func run(in services: RunServices) async {
    let books = WriteBooks(counters: counters, services: services)
    if let windowed = sink as? any WindowedSink {
      sink = await run(windowed, books)
      return
    }
    while true {
      switch await inlet.next() {
      case .batch(let batch):
        guard books.admit(batch) else { continue }
        var attempt = WriteAttempt(batch, books)
        while await attempt.complete({ try await sink.write($0) }) {}
      case .wake: continue
      case .end: return
      }
    }
  }

  private func run<Windowed: WindowedSink>(
    _ sink: Windowed, _ books: WriteBooks
  ) async -> Windowed {
    var runner = WindowRunner(inlet: inlet, sink: sink, books: books)
    await runner.run()
    return runner.sink
  }

  /// Completes the sink; what goes wrong is noted as its failure.
  mutating func finish(_ report: RunReport, in services: RunServices) async {
    do {
      try await sink.finish(report)
    } catch {
      services.failures.add(counters.path, error)
    }
    let findings = sink.findings()
    counters.update { $0.findings = findings }
    services.observer?.stage(counters.name, ended: sink)
  }
}
