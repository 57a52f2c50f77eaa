import PatchbayCore

/// One of a stage's outputs and what is connected to it.
struct Port: Sendable {
  /// `out`, `rejected` or `failed`.
  let name: String
  var channels: [Channel] = []
  var fused: [ChainNode] = []
  let counters: StageCounters

  init(name: String, counters: StageCounters) {
    self.name = name
    self.counters = counters
  }

  /// Sends a batch every way the port is connected.
  mutating func push(_ batch: EventBatch, in run: RunServices) async {
    guard prepare(batch) else { return }
    for index in fused.indices { await fused[index].process(batch, in: run) }
    for channel in channels { await channel.send(batch) }
  }

  /// Sends a batch without waiting; for a port that leads to channels with credit alone.
  func pushNow(_ batch: EventBatch) {
    guard prepare(batch) else { return }
    for channel in channels { channel.sendNow(batch) }
  }

  /// Counts a batch and its ways; false if there is nothing to send.
  private func prepare(_ batch: EventBatch) -> Bool {
    guard !batch.isEmpty else { return false }
    let ways = channels.count + fused.count
    counters.update { report in
      report.sent[name, default: 0] += batch.count
      if ways == 0 { report.unconnected[name, default: 0] += batch.count }
    }
    batch.branch(extraCopies: ways - 1)
    return true
  }

  /// Settles a batch that leaves the main path, and sends it on as mere records.
  mutating func divert(
    _ batch: EventBatch, as settlement: Settlement, in run: RunServices
  ) async {
    batch.settle(as: settlement)
    var records = batch
    records.dropTickets()
    await push(records, in: run)
  }

  /// Tells everything behind the port that nothing more comes.
  mutating func close(in run: RunServices) async {
    for index in fused.indices { await fused[index].end(in: run) }
    for channel in channels { channel.close() }
  }
}

/// What all parts of a run share.
struct RunServices: Sendable {
  let clock: any PipelineClock
  let failures: FailureLog
  let latency: LatencyRecorder
  /// Set once the run is ended at once; nothing is held or retried any more.
  let abort: AbortFlag
  /// Who watches the run from inside.
  var observer: (any RunObserver)?
}
