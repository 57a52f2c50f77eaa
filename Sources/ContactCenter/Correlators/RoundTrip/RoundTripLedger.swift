import PatchbayCore

/// Pairs what was sent with what was observed of it, each within a deadline, whichever comes first.
///
/// Of the same agent, interaction and state, those are paired that have the same timestamp; if there are none,
/// what is observed is paired with what was sent last. An observation without an interaction, such as that of a
/// presence, is paired by agent and state alone.
struct RoundTripLedger: Sendable {
  /// Something that was sent.
  struct Sent: Sendable {
    /// When it was meant to be sent, and when it was.
    let intended: Timestamp
    let sent: Timestamp
    /// Whether nobody knows if it got there: it is no loss if it doesn't show.
    let isDoubtful: Bool
    /// The event's timestamp, if it has one.
    let timestamp: Timestamp?
    let event: FoundEvent
  }

  /// Something that was observed.
  struct Seen: Sendable {
    let time: Timestamp
    /// The event's timestamp, if it has one.
    let timestamp: Timestamp?
    /// Whether the time says when it showed.
    let isTimed: Bool
    let event: FoundEvent
  }

  /// What was sent, and observed.
  struct Pair {
    let sent: Sent
    let seen: Seen
    /// Whether it came after its deadline.
    let isLate: Bool
    /// The events that are known by it to have been observed after one that was sent behind them, of the same
    /// agent and interaction.
    let reordered: [FoundEvent]
  }

  /// Whom something is about: what keeps its order.
  private struct Stream: Hashable {
    let agent: EntityKey
    let interaction: EntityKey?
  }

  private let patience: Duration
  private var sent = WaitingLine<Sent>(isFoundByAny: true)
  /// What hasn't shown in time: kept for as long again.
  private var overdue = WaitingLine<Sent>(isFoundByAny: true)
  /// An observation of another interaction is none of this one.
  private var seen = WaitingLine<Seen>(isFoundByAny: false)
  private var last = 0
  /// The order of what was sent and observed, by whom it is about.
  private var orders: RecencyTable<Stream, PairOrder>

  /// - Parameters:
  ///   - patience: how long one waits for the other.
  ///   - tracked: of how many agents' interactions the order is followed.
  init(patience: Duration, tracked: Int) {
    self.patience = patience
    orders = RecencyTable(capacity: tracked)
  }

  /// What still waits in time.
  var open: Int { sent.count + seen.count }

  /// When something has to be decided next.
  var deadline: Timestamp? { [sent.due, overdue.due, seen.due].compactMap(\.self).min() }

  /// Takes in what was sent; its pair if it was observed before.
  mutating func send(_ item: Sent, _ key: RoundTripKey, now: Timestamp) -> Pair? {
    last += 1
    for form in key.forms {
      guard let (number, other) = seen.take(form, timestamp: item.timestamp) else { continue }
      note(waiting: -1, of: form)
      return pair(last, item, form, number, other, isLate: false)
    }
    sent.add(last, item, key, timestamp: item.timestamp, due: now.advanced(by: patience))
    return nil
  }

  /// Takes in what was observed; its pair if it was sent before.
  mutating func see(_ item: Seen, _ key: RoundTripKey, now: Timestamp) -> Pair? {
    last += 1
    // What is in time first: what is overdue may be lost.
    if let (number, other) = sent.take(key, timestamp: item.timestamp) {
      return pair(number, other, key, last, item, isLate: false)
    }
    if let (number, other) = overdue.take(key, timestamp: item.timestamp) {
      return pair(number, other, key, last, item, isLate: !other.isDoubtful)
    }
    note(waiting: 1, of: key)
    seen.add(last, item, key, timestamp: item.timestamp, due: now.advanced(by: patience))
    return nil
  }

  private mutating func pair(
    _ number: Int, _ sent: Sent, _ key: RoundTripKey, _ place: Int, _ seen: Seen, isLate: Bool
  ) -> Pair {
    let stream = Stream(agent: key.agent, interaction: key.interaction)
    var order = orders.see(stream) ?? PairOrder()
    let reordered = order.add(sent: number, seen: place, sent.event)
    orders.set(stream, order)
    return Pair(sent: sent, seen: seen, isLate: isLate, reordered: reordered)
  }

  private mutating func note(waiting change: Int, of key: RoundTripKey) {
    let stream = Stream(agent: key.agent, interaction: key.interaction)
    var order = orders.see(stream) ?? PairOrder()
    order.wait(change)
    orders.set(stream, order)
  }

  /// Decides on what has waited for long enough: what was sent and hasn't shown, and what was observed and
  /// wasn't sent.
  mutating func advance(to now: Timestamp) -> (lost: [Sent], unexpected: [Seen]) {
    var lost: [Sent] = []
    while let due = sent.takeDue(now) {
      overdue.add(
        due.number, due.item, due.key, timestamp: due.timestamp,
        due: due.due.advanced(by: patience))
      if !due.item.isDoubtful { lost.append(due.item) }
    }
    while overdue.takeDue(now) != nil {}
    var unexpected: [Seen] = []
    while let due = seen.takeDue(now) {
      note(waiting: -1, of: due.key)
      unexpected.append(due.item)
    }
    return (lost, unexpected)
  }
}
