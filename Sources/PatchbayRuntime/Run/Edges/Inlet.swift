package import PatchbayCore

/// The end of an edge that batches go into; what lies behind it may be a channel or something that
/// keeps them longer.
///
/// Several senders may share one: the order of each is kept.
package protocol Inlet: Sendable {
  /// Sends a batch, waiting while there is no room.
  ///
  /// Cancelling the task doesn't cut the wait short, since at shutdown whatever is behind still
  /// drains.
  ///
  /// - Returns: false if the run was ended at once and the batch isn't taken any more.
  func send(_ batch: TrackedBatch) async -> Bool

  /// Closes one sender's end; called once by each.
  func close()
}
