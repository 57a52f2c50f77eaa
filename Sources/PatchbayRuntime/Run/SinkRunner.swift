import PatchbayCore

/// Feeds a sink from its channel, and tries again what it didn't take.
struct SinkRunner {
  /// How often a write is tried, and how long the first pause is; each is twice the one before.
  private static let attempts = 4
  private static let firstPause = Duration.milliseconds(100)

  let inlet: Channel
  var sink: any Sink
  let counters: StageCounters

  mutating func run(in services: RunServices) async {
    while true {
      switch await inlet.next() {
      case .batch(let batch):
        if services.abort.isSet {
          batch.settle(as: .abandoned)
        } else {
          let count = batch.count
          counters.update { $0.received += count }
          await write(batch, in: services)
        }
      case .wake: continue
      case .end: return
      }
    }
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

  private mutating func write(_ batch: EventBatch, in services: RunServices) async {
    var rest = batch
    var pause = Self.firstPause
    for attempt in 1...Self.attempts {
      let problem: String
      do {
        let result = try await sink.write(rest)
        let left = account(for: result, of: rest, in: services)
        if left.isEmpty { return }
        rest = left
        problem = "did not take \(left.count) events"
      } catch let error as DeliveryError {
        return refuse(rest, error.description, in: services)
      } catch {
        problem = "\(error)"
      }
      if attempt == Self.attempts || services.abort.isSet {
        return refuse(rest, problem, in: services)
      }
      do {
        try await services.clock.sleep(for: pause)
      } catch {
        return refuse(rest, problem, in: services)
      }
      pause *= 2
    }
  }

  /// Settles what was written or refused, and returns what is to be tried again.
  private func account(
    for result: WriteResult, of batch: EventBatch, in services: RunServices
  ) -> EventBatch {
    if result == .all {
      batch.settle(as: .delivered)
      let count = batch.count
      counters.update { $0.written += count }
      services.observer?.sink(counters.name, wrote: Array(batch.indices), of: batch)
      return EventBatch(symbols: batch.symbols)
    }
    let refused = Set(result.refused.map(\.index))
    let again = Set(result.undelivered).subtracting(refused)
    let positions = batch.indices.filter { !refused.contains($0) && !again.contains($0) }
    services.observer?.sink(counters.name, wrote: positions, of: batch)
    let written = batch.subset(positions)
    written.settle(as: .delivered)
    counters.update { $0.written += written.count }
    for refusal in result.refused where batch.indices.contains(refusal.index) {
      refuse(batch.subset([refusal.index]), refusal.reason, in: services)
    }
    return batch.subset(batch.indices.filter { again.contains($0) })
  }

  private func refuse(_ batch: EventBatch, _ reason: String, in services: RunServices) {
    batch.settle(as: .failed)
    counters.update { report in
      report.undelivered += batch.count
      report.unkeptRecords += batch.recordCount
    }
    services.failures.add(counters.path, "could not write events: \(reason)")
  }
}
