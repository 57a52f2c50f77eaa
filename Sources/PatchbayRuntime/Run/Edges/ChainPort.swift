import PatchbayCore

/// An output of a stage in a chain: the edges that it leads to, and the stages that are called
/// directly.
///
/// Those are state: a chain port belongs to one task and isn't copied while the chain runs.
struct ChainPort: Sendable {
  let port: Port
  var next: [ChainNode] = []

  /// Sends a batch every way the port is connected.
  mutating func push(_ batch: TrackedBatch, in run: RunServices) async {
    if batch.isEmpty { return }
    port.note(batch, ways: port.inlets.count + next.count)
    for index in next.indices { await next[index].process(batch, in: run) }
    for inlet in port.inlets {
      if await !inlet.send(batch) { port.counters.abandon(batch) }
    }
  }

  /// Settles a batch that leaves the main path, and sends it on as mere records.
  mutating func divert(
    _ batch: TrackedBatch, as settlement: Settlement, in run: RunServices
  ) async {
    if batch.isEmpty { return }
    batch.settle(as: settlement)
    port.counters.note(diverted: batch.batch)
    for observer in run.observers {
      observer.stage(port.counters.name, sent: batch.batch, to: port.name)
    }
    await push(batch.asRecords, in: run)
  }

  /// Tells everything behind the port that nothing more comes.
  mutating func close(in run: RunServices) async {
    for index in next.indices { await next[index].end(in: run) }
    port.close()
  }
}
