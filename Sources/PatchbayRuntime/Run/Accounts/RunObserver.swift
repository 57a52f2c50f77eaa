public import PatchbayCore

/// Watches a run from inside: what stages did with events, and what they knew at the end.
///
/// Called on the run's tasks, several at a time; must not block.
public protocol RunObserver: Sendable {
  /// An injector has judged a batch.
  func injector(_ name: String, judged batch: EventBatch)
  /// A sink was given a batch and wrote these positions of it.
  func sink(_ name: String, wrote positions: [Int], of batch: EventBatch)
  /// A stage has seen its last event.
  func stage(_ name: String, ended stage: any Stage)
}
