/// A sink that is told later what became of a batch, and takes the next ones meanwhile.
///
/// For targets that acknowledge: while one batch is on its way back, others are on their way there.
public protocol WindowedSink: Sink {
  /// The most batches under way at once; at least 1. Asked once, after `open`.
  var window: Int { get }

  /// Starts to write a batch, without waiting for its result. Called in order, on one task, with at
  /// most `window` results outstanding. What a result leaves undelivered comes again, after those
  /// that were begun meanwhile.
  ///
  /// - Throws: whatever keeps it from being written; it is tried again unless it is a
  ///   `DeliveryError`.
  mutating func beginWrite(_ batch: borrowing EventBatch) async throws -> PendingWrite
}

extension WindowedSink {
  /// Begins to write, and waits for the result.
  public mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    try await beginWrite(batch).result()
  }
}

/// A write whose result isn't there yet.
public struct PendingWrite: Sendable {
  /// Waits for the result; called once.
  ///
  /// Returns or throws soon when its task is cancelled.
  public let result: @Sendable () async throws -> WriteResult

  /// Makes one from what waits for the result.
  public init(_ result: @escaping @Sendable () async throws -> WriteResult) {
    self.result = result
  }
}
