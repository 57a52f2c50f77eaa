import Synchronization

/// The run's account of events: what was emitted and how it was settled.
package final class DeliveryLedger: Sendable {
  private let state = Mutex(SettlementCounts())

  package init() {}

  package var counts: SettlementCounts { state.withLock { $0 } }

  func emitted(_ count: Int) { state.withLock { $0.emitted += count } }

  func settled(_ counts: SettlementCounts) {
    state.withLock {
      $0.delivered += counts.delivered
      $0.rejected += counts.rejected
      $0.failed += counts.failed
      $0.abandoned += counts.abandoned
    }
  }
}
