import Synchronization

/// The run's account of events: what was emitted and how it was settled.
package final class DeliveryLedger: Sendable {
  private let state = Mutex(SettlementCounts())
  private let observe: (@Sendable (SettlementCounts) -> Void)?

  /// Makes an account.
  ///
  /// - Parameter observe: is told what is added to it.
  package init(observe: (@Sendable (SettlementCounts) -> Void)? = nil) {
    self.observe = observe
  }

  package var counts: SettlementCounts { state.withLock { $0 } }

  func emitted(_ count: Int) {
    var counts = SettlementCounts()
    counts.emitted = count
    add(counts)
  }

  func settled(_ counts: SettlementCounts) { add(counts) }

  private func add(_ counts: SettlementCounts) {
    state.withLock {
      $0.emitted += counts.emitted
      $0.delivered += counts.delivered
      $0.rejected += counts.rejected
      $0.failed += counts.failed
      $0.abandoned += counts.abandoned
    }
    observe?(counts)
  }
}
