import Synchronization

/// Follows the events that were emitted together until each copy of each of them is settled.
///
/// A branch adds copies; every copy is settled once; when an event's last copy is, its worst
/// settlement goes to the ledger. Settling a copy that is settled has no effect; one that never is
/// breaks the accounting identity at the end of the run.
package final class DeliveryTicket: Sendable {
  private struct State {
    var copies: [UInt16]
    var worst: [Settlement]
  }

  private let state: Mutex<State>
  private let ledger: DeliveryLedger

  package init(count: Int, ledger: DeliveryLedger) {
    state = Mutex(
      State(
        copies: Array(repeating: 1, count: count),
        worst: Array(repeating: .delivered, count: count)))
    self.ledger = ledger
    ledger.emitted(count)
  }

  func branch(_ slots: some Sequence<UInt16>, extraCopies: Int) {
    state.withLock { state in
      for slot in slots { state.copies[Int(slot)] += UInt16(extraCopies) }
    }
  }

  func settle(_ slots: some Sequence<UInt16>, as settlement: Settlement) {
    let final = state.withLock { state in
      var final = SettlementCounts()
      for slot in slots.map({ Int($0) }) where state.copies[slot] > 0 {
        state.worst[slot] = max(state.worst[slot], settlement)
        state.copies[slot] -= 1
        if state.copies[slot] == 0 { final.add(state.worst[slot]) }
      }
      return final
    }
    ledger.settled(final)
  }
}

extension EventBatch {
  /// Notes that the batch goes more than one way.
  package func branch(extraCopies: Int) {
    guard extraCopies > 0 else { return }
    eachTicket { ticket, slots in ticket.branch(slots, extraCopies: extraCopies) }
  }

  /// Settles one copy of each event; mere records settle nothing.
  package func settle(as settlement: Settlement) {
    eachTicket { ticket, slots in ticket.settle(slots, as: settlement) }
  }

  private func eachTicket(_ body: (DeliveryTicket, [UInt16]) -> Void) {
    if tickets.count == 1 {
      let slots = events.lazy.filter { $0.ticket == 0 }.map(\.slot)
      return body(tickets[0], Array(slots))
    }
    var slots: [[UInt16]] = Array(repeating: [], count: tickets.count)
    for event in events where event.ticket != Event.noTicket {
      slots[Int(event.ticket)].append(event.slot)
    }
    for (place, ticket) in tickets.enumerated() where !slots[place].isEmpty {
      body(ticket, slots[place])
    }
  }
}
