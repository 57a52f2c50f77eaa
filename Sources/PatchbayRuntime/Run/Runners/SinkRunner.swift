import PatchbayCore

/// Feeds a sink from its channel, and tries again what it didn't take.
struct SinkRunner {
  let inlet: Channel
  private(set) var sink: any Sink
  let counters: StageCounters

  /// Runs until everything that came is settled.
  ///
  /// - Parameter account: keeps the account of it.
  mutating func run(_ account: some WriteAccount) async {
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
      case .wake: counters.refresh { sink.findings() }
      case .end: return
      }
    }
  }

  private func run<Windowed: WindowedSink>(
    _ sink: Windowed, _ account: some WriteAccount
  ) async -> Windowed {
    var runner = WindowRunner(inlet: inlet, sink: sink, account: account)
    await runner.run()
    return runner.sink
  }
}
