import PatchbayCore

/// The account of a sink that is fed by the pipeline.
struct SinkAccount: WriteAccount {
  /// How often a write is tried, and how long the first pause is; each is twice the one before.
  private static let mostTries = 4
  private static let firstPause = Duration.milliseconds(100)

  let counters: StageCounters
  let services: RunServices
  let journal: StageJournal?

  init(_ counters: StageCounters, _ services: RunServices) {
    self.counters = counters
    self.services = services
    journal = services.journal?.stage(counters.name)
  }

  func receive(_ batch: TrackedBatch) -> Bool {
    counters.update { $0.received += batch.count }
    if services.control.has(.abort) { counters.abandon(batch) }
    return !services.control.has(.abort)
  }

  func new<Subject: Sink>(
    _ batch: TrackedBatch, for sink: inout Subject
  ) async -> TrackedBatch? {
    guard let journal, journal.past != nil else { return batch }
    guard var resumable = sink as? any ResumableSink else {
      return rest(of: batch, without: written(of: batch, journal))
    }
    do {
      // Also of what isn't in the journal: in the moment of a kill a sink may be ahead of it.
      let held = try await resumable.recall(batch.batch)
      if let changed = resumable as? Subject { sink = changed }
      return rest(of: batch, without: held)
    } catch {
      services.failures.add(counters.path, error)
      return batch
    }
  }

  /// The events that the sink's spool didn't hold before the run was interrupted; the others are settled.
  ///
  /// - Returns: nil if there are none.
  func new(_ batch: TrackedBatch, in spool: Spool) -> TrackedBatch? {
    guard let journal, journal.past != nil else { return batch }
    // It looks first: what it finds there must be let go of once.
    let kept = spool.recall(batch.batch)
    return rest(of: batch, without: kept + written(of: batch, journal))
  }

  /// The positions of events that the journal knows to be written.
  private func written(of batch: TrackedBatch, _ journal: StageJournal) -> [Int] {
    batch.batch.indices.filter { position in
      batch.number(at: position).map { journal.wasWritten($0) } ?? false
    }
  }

  /// Settles what was written before the run was interrupted.
  private func rest(of batch: TrackedBatch, without held: [Int]) -> TrackedBatch? {
    if held.isEmpty { return batch }
    let kept = Set(held)
    let part = batch.subset(kept.sorted())
    part.settle(as: .delivered)
    counters.update { $0.written += part.count }
    let left = batch.batch.indices.filter { !kept.contains($0) }
    return left.isEmpty ? nil : batch.subset(left)
  }

  func written(_ part: TrackedBatch, _ positions: [Int], of batch: EventBatch) {
    part.settle(as: .delivered)
    journal?.written(part)
    counters.update { $0.written += part.count }
    for observer in services.observers {
      observer.sink(counters.name, wrote: positions, of: batch)
    }
  }

  func refuse(_ batch: TrackedBatch, _ reason: String) {
    batch.settle(as: .failed)
    counters.update { report in
      report.undelivered += batch.count
      report.unkeptRecords += batch.recordCount
    }
    services.failures.add(counters.path, "could not write events", reason)
  }

  func giveUp(_ batch: TrackedBatch, _ reason: String) { refuse(batch, reason) }

  func abandon(_ batch: TrackedBatch) { counters.abandon(batch) }

  func mayTryAgain(after number: Int, _ problem: String) async -> Bool {
    guard number < Self.mostTries, !services.control.has(.cut) else { return false }
    return (try? await services.clock.sleep(for: Self.firstPause * (1 << (number - 1)))) != nil
  }
}
