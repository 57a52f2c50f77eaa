import PatchbayCore

/// Runs both sides of a sink's spool: what comes is kept, and what was kept is delivered.
struct SpooledRunner {
  let inlet: Channel
  let spooled: SpooledSink
  /// The sink as it stands in the plan.
  let sink: any Sink
  let counters: StageCounters

  /// Runs until nothing more comes, and nothing is left or the sink isn't tried any more.
  func run(_ symbols: SymbolTable, in services: RunServices) async -> EndedSink {
    let writer = SpoolWriter(
      inlet: inlet, spool: spooled.spool, patience: spooled.patience,
      account: SinkAccount(counters, services))
    return await withTaskGroup(of: EndedSink?.self) { group in
      group.addTask(on: services.clock) {
        await writer.run()
        return nil
      }
      group.addTask(on: services.clock) {
        await spooled.deliver(to: sink, counters, symbols, in: services)
      }
      var ended = EndedSink(sink: sink, counters: counters, spooled: spooled)
      while let end = await group.next(on: services.clock) { ended = end ?? ended }
      return ended
    }
  }
}
