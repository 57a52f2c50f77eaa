extension SourceOutlet {
  /// Where what a source emits goes; the runtime's side.
  package struct Destination: Sendable {
    /// Takes events into the pipeline, waiting while it is full.
    package var main: @Sendable (TrackedBatch) async throws -> Void
    /// Takes a record that is no event.
    package var rejected: @Sendable (TrackedBatch) async throws -> Void
    /// Whether sources are to stop.
    package var isStopping: @Sendable () -> Bool
    /// Whether the sources that watch no others have ended, and what they emitted is settled.
    package var othersAreDone: @Sendable () -> Bool
    /// Where events count as emitted.
    package var ledger: DeliveryLedger

    package init(
      ledger: DeliveryLedger, main: @escaping @Sendable (TrackedBatch) async throws -> Void,
      rejected: @escaping @Sendable (TrackedBatch) async throws -> Void,
      isStopping: @escaping @Sendable () -> Bool = { false },
      othersAreDone: @escaping @Sendable () -> Bool = { false }
    ) {
      self.othersAreDone = othersAreDone
      self.ledger = ledger
      self.main = main
      self.rejected = rejected
      self.isStopping = isStopping
    }
  }
}
