import PatchbayCore

/// Books what became of the events that a sink was given.
struct WriteBooks: Sendable {
  let counters: StageCounters
  let services: RunServices

  /// Counts a batch that came in; settles it if the run is being ended at once.
  ///
  /// - Returns: whether it is to be written.
  func admit(_ batch: EventBatch) -> Bool {
    if services.abort.isSet {
      batch.settle(as: .abandoned)
      return false
    }
    let count = batch.count
    counters.update { $0.received += count }
    return true
  }

  /// Settles what was written or refused.
  ///
  /// - Returns: what is to be tried again.
  func enter(_ result: WriteResult, of batch: EventBatch) -> EventBatch {
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
      refuse(batch.subset([refusal.index]), refusal.reason)
    }
    return batch.subset(batch.indices.filter { again.contains($0) })
  }

  /// Settles events that stay unwritten.
  func refuse(_ batch: EventBatch, _ reason: String) {
    batch.settle(as: .failed)
    counters.update { report in
      report.undelivered += batch.count
      report.unkeptRecords += batch.recordCount
    }
    services.failures.add(counters.path, "could not write events: \(reason)")
  }
}
