import PatchbayCore

/// Counts and settles what became of the events that a sink was given.
struct SinkAccount: Sendable {
  let counters: StageCounters
  let services: RunServices
  let journal: StageJournal?

  /// Counts a batch that came in; false if the run is being ended at once.
  func receive(_ batch: TrackedBatch) -> Bool {
    counters.update { $0.received += batch.count }
    if services.control.has(.abort) { counters.abandon(batch) }
    return !services.control.has(.abort)
  }

  /// The events that the sink hadn't written before the run was interrupted; the others are settled.
  ///
  /// - Returns: nil if there are none.
  func new<Subject: Sink>(
    _ batch: TrackedBatch, for sink: inout Subject
  ) async -> TrackedBatch? {
    guard let journal else { return batch }
    let replayed = journal.replayed(batch)
    if replayed.isEmpty { return batch }
    let held = await held(replayed, of: batch, by: &sink, journal)
    if held.isEmpty { return batch }
    let kept = Set(held)
    let left = batch.batch.indices.filter { !kept.contains($0) }
    settleHeld(batch.subset(held))
    return left.isEmpty ? nil : batch.subset(left)
  }

  private func held<Subject: Sink>(
    _ replayed: [Int], of batch: TrackedBatch, by sink: inout Subject, _ journal: StageJournal
  ) async -> [Int] {
    guard var resumable = sink as? any ResumableSink else {
      return replayed.filter { position in
        batch.number(at: position).map { journal.wasWritten($0) } ?? false
      }
    }
    do {
      let held = try await resumable.recall(batch.batch.subset(replayed))
      if let changed = resumable as? Subject { sink = changed }
      return held.map { replayed[$0] }
    } catch {
      services.failures.add(counters.path, error)
      return []
    }
  }

  /// Settles what had been written before the run was interrupted.
  private func settleHeld(_ batch: TrackedBatch) {
    batch.settle(as: .delivered)
    counters.update { $0.written += batch.count }
  }

  /// Settles what was written or refused.
  ///
  /// - Returns: what is to be tried again.
  func settle(_ result: WriteResult, of batch: TrackedBatch) -> TrackedBatch? {
    let indices = batch.batch.indices
    if result == .all {
      settleWritten(batch, Array(indices), of: batch.batch)
      return nil
    }
    let refused = Set(result.refused.map(\.index))
    let again = Set(result.undelivered).subtracting(refused).intersection(indices)
    let written = indices.filter { !refused.contains($0) && !again.contains($0) }
    settleWritten(batch.subset(written), written, of: batch.batch)
    for refusal in result.refused where indices.contains(refusal.index) {
      refuse(batch.subset([refusal.index]), refusal.reason)
    }
    return again.isEmpty ? nil : batch.subset(again.sorted())
  }

  private func settleWritten(_ part: TrackedBatch, _ positions: [Int], of batch: EventBatch) {
    part.settle(as: .delivered)
    journal?.written(part)
    counters.update { $0.written += part.count }
    for observer in services.observers {
      observer.sink(counters.name, wrote: positions, of: batch)
    }
  }

  /// Settles events that stay unwritten.
  func refuse(_ batch: TrackedBatch, _ reason: String) {
    batch.settle(as: .failed)
    counters.update { report in
      report.undelivered += batch.count
      report.unkeptRecords += batch.recordCount
    }
    services.failures.add(counters.path, "could not write events", reason)
  }
}
