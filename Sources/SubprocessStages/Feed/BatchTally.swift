import PatchbayCore
import Synchronization

/// Gathers what becomes of a batch's events, which may be emitted in several parts.
final class BatchTally: Sendable {
  private struct State {
    var settlements: [Settlement] = []
    /// How many parts aren't settled; the batch itself is one until all parts are there.
    var open = 1

    mutating func add(_ count: Int) -> Int {
      settlements += repeatElement(.delivered, count: count)
      open += 1
      return settlements.count - count
    }

    /// Ends a part; what there is to tell, if it was the last.
    mutating func close() -> [Settlement]? {
      open -= 1
      return open == 0 ? settlements : nil
    }
  }

  private let state = Mutex(State())
  private let tell: @Sendable ([Settlement]) -> Void

  /// - Parameter tell: gets the settlements in the order of the events, once.
  init(_ tell: @escaping @Sendable ([Settlement]) -> Void) { self.tell = tell }

  /// Adds the next events, which are on their way.
  func add(_ receipt: Receipt) {
    let first = state.withLock { $0.add(receipt.count) }
    receipt.whenSettled { [self] settlements in
      let all = state.withLock { state in
        state.settlements.replaceSubrange(first..<first + settlements.count, with: settlements)
        return state.close()
      }
      if let all { tell(all) }
    }
  }

  /// Adds an event that was rejected.
  func addRejected() { state.withLock { $0.settlements.append(.rejected) } }

  /// Nothing more is added.
  func close() {
    if let all = state.withLock({ $0.close() }) { tell(all) }
  }
}
