import PatchbayCore

/// Keeps the account of what a sink is given, and says how often it is tried.
protocol WriteAccount: Sendable {
  var counters: StageCounters { get }
  var services: RunServices { get }

  /// Counts a batch that came in; false if it isn't to be written any more.
  func receive(_ batch: TrackedBatch) -> Bool

  /// The events that the sink hadn't written before the run was interrupted; the others are settled.
  ///
  /// - Returns: nil if there are none.
  func new<Subject: Sink>(_ batch: TrackedBatch, for sink: inout Subject) async -> TrackedBatch?

  /// Counts and settles events that the sink has written.
  ///
  /// - Parameters:
  ///   - part: the events.
  ///   - positions: where they stood.
  ///   - batch: the batch in which they stood.
  func written(_ part: TrackedBatch, _ positions: [Int], of batch: EventBatch)

  /// Counts and settles events that the sink won't ever take.
  func refuse(_ batch: TrackedBatch, _ reason: String)

  /// Counts and settles events of a write that must not be tried again.
  func reject(_ batch: TrackedBatch, _ reason: String)

  /// Counts and settles events that the sink didn't take however often it was tried.
  func giveUp(_ batch: TrackedBatch, _ reason: String)

  /// Counts and settles events that were still inside when the run ended.
  func abandon(_ batch: TrackedBatch)

  /// Waits after a failed try.
  ///
  /// - Parameters:
  ///   - number: how often it was tried.
  ///   - problem: what it failed by.
  /// - Returns: whether to try again.
  func mayTryAgain(after number: Int, _ problem: String) async -> Bool
}

extension WriteAccount {
  func reject(_ batch: TrackedBatch, _ reason: String) { refuse(batch, reason) }

  /// Counts and settles the result of a write.
  ///
  /// - Returns: what is to be tried again.
  func settle(_ result: WriteResult, of batch: TrackedBatch) -> TrackedBatch? {
    let indices = batch.batch.indices
    if result == .all {
      written(batch, Array(indices), of: batch.batch)
      return nil
    }
    let refused = Set(result.refused.map(\.index))
    let again = Set(result.undelivered).subtracting(refused).intersection(indices)
    let positions = indices.filter { !refused.contains($0) && !again.contains($0) }
    written(batch.subset(positions), positions, of: batch.batch)
    for refusal in result.refused where indices.contains(refusal.index) {
      refuse(batch.subset([refusal.index]), refusal.reason)
    }
    return again.isEmpty ? nil : batch.subset(again.sorted())
  }
}
