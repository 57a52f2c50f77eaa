import PatchbayCore

/// One of a stage's outputs and the edges that it leads to.
///
/// A value without state of its own: several tasks may send through copies of it.
struct Port: Sendable {
  let name: PortName
  let counters: StageCounters
  var inlets: [any Inlet] = []

  /// Sends a batch every way the port is connected.
  func push(_ batch: TrackedBatch) async {
    if batch.isEmpty { return }
    note(batch, ways: inlets.count)
    for inlet in inlets {
      if await !inlet.send(batch) { counters.abandon(batch) }
    }
  }

  /// Settles a batch that leaves the main path, and sends it on as mere records.
  func divert(_ batch: TrackedBatch, as settlement: Settlement, in run: RunServices) async {
    if batch.isEmpty { return }
    batch.settle(as: settlement)
    counters.note(diverted: batch.batch)
    for observer in run.observers {
      observer.stage(counters.name, sent: batch.batch, to: name)
    }
    await push(batch.asRecords)
  }

  /// Tells everything behind the port that nothing more comes.
  func close() {
    for inlet in inlets { inlet.close() }
  }

  /// Counts a batch and its ways.
  ///
  /// What leaves by a port that nothing is connected to is settled already: a plan leaves no main
  /// port unconnected.
  func note(_ batch: TrackedBatch, ways: Int) {
    for observer in counters.observers {
      observer.stage(counters.name, passed: batch.batch, by: name)
    }
    counters.update { report in
      report.sent[name, default: 0] += batch.count
      if ways == 0 { report.unconnected[name, default: 0] += batch.count }
    }
    batch.branch(extraCopies: ways - 1)
  }
}
