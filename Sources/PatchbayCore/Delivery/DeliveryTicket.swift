import Synchronization

/// Follows the events that were emitted together until each copy of each of them is settled.
///
/// A branch adds copies; every copy is settled once; when an event's last copy is, its worst
/// settlement goes to the ledger and to whoever waits for it. Settling a copy that is settled has no
/// effect; one that never is breaks the accounting identity at the end of the run.
package final class DeliveryTicket: Sendable {
  /// Whoever waits until some of the events are settled.
  private struct Watch {
    let slots: Range<Int>
    var left: Int
    let tell: @Sendable ([Settlement]) -> Void
  }

  private struct State {
    var copies: [UInt16] = []
    var worst: [Settlement] = []
    var watches: [Watch] = []
    /// Which watches wait for a slot; empty while nobody waits.
    var watchesBySlot: [Int: [Int]] = [:]

    /// Takes one copy away; true if it was the last.
    mutating func settle(_ slot: Int, as settlement: Settlement) -> Bool {
      guard copies.indices.contains(slot), copies[slot] > 0 else { return false }
      worst[slot] = max(worst[slot], settlement)
      copies[slot] -= 1
      return copies[slot] == 0
    }

    /// Tells the watches of a settled slot; the calls that are due.
    mutating func finish(_ slot: Int) -> [@Sendable () -> Void] {
      guard let waiting = watchesBySlot.removeValue(forKey: slot) else { return [] }
      return waiting.compactMap { index in
        watches[index].left -= 1
        return watches[index].left == 0 ? call(watches[index]) : nil
      }
    }

    func call(_ watch: Watch) -> @Sendable () -> Void {
      let settlements = Array(worst[watch.slots])
      return { watch.tell(settlements) }
    }
  }

  private let state = Mutex(State())
  private let ledger: DeliveryLedger

  package init(ledger: DeliveryLedger) {
    self.ledger = ledger
  }

  /// Takes in events, which aren't on their way yet.
  ///
  /// - Returns: their places.
  package func add(_ count: Int) -> Range<Int> {
    state.withLock { state in
      let first = state.copies.count
      state.copies += repeatElement(1, count: count)
      state.worst += repeatElement(.delivered, count: count)
      return first..<first + count
    }
  }

  /// Notes that events go on their way.
  package func depart(_ count: Int) { ledger.emitted(count) }

  func branch(_ slots: some Sequence<Int>, extraCopies: Int) {
    state.withLock { state in
      for slot in slots { state.copies[slot] += UInt16(extraCopies) }
    }
  }

  func settle(_ slots: some Sequence<Int>, as settlement: Settlement) {
    let (final, calls) = state.withLock { state in
      var final = SettlementCounts()
      var calls: [@Sendable () -> Void] = []
      for slot in slots where state.settle(slot, as: settlement) {
        final.add(state.worst[slot])
        if !state.watchesBySlot.isEmpty { calls += state.finish(slot) }
      }
      return (final, calls)
    }
    ledger.settled(final)
    for call in calls { call() }
  }

  /// Tells, once, how the events at some places were settled, as soon as all of them are.
  ///
  /// - Parameter tell: is called on the task that settles the last of them, or at once.
  package func watch(_ slots: Range<Int>, _ tell: @escaping @Sendable ([Settlement]) -> Void) {
    let call = state.withLock { state -> (@Sendable () -> Void)? in
      let open = slots.filter { state.copies[$0] > 0 }
      let watch = Watch(slots: slots, left: open.count, tell: tell)
      if open.isEmpty { return state.call(watch) }
      for slot in open { state.watchesBySlot[slot, default: []].append(state.watches.count) }
      state.watches.append(watch)
      return nil
    }
    call?()
  }
}
