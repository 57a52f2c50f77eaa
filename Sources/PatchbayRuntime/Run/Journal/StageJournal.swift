import PatchbayCore

/// The run's journal as one stage sees it.
struct StageJournal: Sendable {
  let journal: Journal
  /// The stage's place in the plan.
  let stage: Int
  /// What was there when the run was gone on with; nil in a new run.
  let past: JournalPast?

  /// What the stage had emitted before the run was interrupted; nil if it hadn't begun.
  var sourcePast: SourcePast? { past?.source(stage) }

  /// Notes what the stage emits, and gives it numbers.
  func emitted(_ batch: inout TrackedBatch, isRejected: Bool, at time: Timestamp) async {
    await journal.emitted(&batch, by: stage, isRejected: isRejected, at: time)
  }

  /// Whether the stage had written an event before the interruption.
  func wasWritten(_ number: Int) -> Bool { past?.wasWritten(number, by: stage) ?? false }

  /// Notes that the stage has written events.
  func written(_ batch: TrackedBatch) {
    let numbers = batch.batch.indices.compactMap { batch.number(at: $0) }
    if !numbers.isEmpty { journal.written(numbers, by: stage) }
  }
}
