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
    let event: FoundEvent
  }

  /// What was sent, and observed.
  struct Pair {
    let sent: Sent
    let seen: Seen
    /// Whether it came after its deadline.
    let isLate: Bool
    /// Whether something was observed before that was sent behind it, of the same agent and interaction.
    let isReordered: Bool
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
  /// The number of the last that was sent and observed, by whom it is about.
  private var greatest: RecencyTable<Stream, Int>

  /// - Parameters:
  ///   - patience: how long one waits for the other.
  ///   - tracked: of how many agents' interactions the order is followed.
  init(patience: Duration, tracked: Int) {
    self.patience = patience
    greatest = RecencyTable(capacity: tracked)
  }

  /// What still waits in time.
  var open: Int { sent.count + seen.count }

  /// When something has to be decided next.
  var deadline: Timestamp? { [sent.due, overdue.due, seen.due].compactMap(\.self).min() }

  /// Takes in what was sent; its pair if it was observed before.
  mutating func send(_ item: Sent, _ key: RoundTripKey, now: Timestamp) -> Pair? {
    last += 1
    for form in key.forms {
      guard let (_, other) = seen.take(form, timestamp: item.timestamp) else { continue }
      return pair(last, item, form, other, isLate: false)
    }
    sent.add(last, item, key, timestamp: item.timestamp, due: now.advanced(by: patience))
    return nil
  }

  /// Takes in what was observed; its pair if it was sent before.
  mutating func see(_ item: Seen, _ key: RoundTripKey, now: Timestamp) -> Pair? {
    // What is in time first: what is overdue may be lost.
    if let (number, other) = sent.take(key, timestamp: item.timestamp) {
      return pair(number, other, key, item, isLate: false)
    }
    if let (number, other) = overdue.take(key, timestamp: item.timestamp) {
      return pair(number, other, key, item, isLate: !other.isDoubtful)
    }
    last += 1
    seen.add(last, item, key, timestamp: item.timestamp, due: now.advanced(by: patience))
    return nil
  }

  private mutating func pair(
    _ number: Int, _ sent: Sent, _ key: RoundTripKey, _ seen: Seen, isLate: Bool
  ) -> Pair {
    let stream = Stream(agent: key.agent, interaction: key.interaction)
    let before = greatest.see(stream) ?? 0
    if number > before { greatest.set(stream, number) }
    return Pair(sent: sent, seen: seen, isLate: isLate, isReordered: number < before)
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
    while let due = seen.takeDue(now) { unexpected.append(due.item) }
    return (lost, unexpected)
  }
}
