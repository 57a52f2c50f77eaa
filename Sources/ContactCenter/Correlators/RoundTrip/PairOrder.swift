import PatchbayCore

/// In which order what was sent of one agent and interaction was observed.
///
/// Usually a pair is made when its observation comes, and then it is enough to know the greatest number that
/// was sent. An observation may come before what was sent is known of, though, and wait for it; then a pair
/// that is made later says something of those made meanwhile.
struct PairOrder: Sendable {
  /// How many pairs are remembered while observations wait.
  private static let mostRecent = 1_000

  /// How many observations wait for what was sent.
  private(set) var waiting = 0
  private var greatestSent = 0
  /// The pairs that were made while observations waited, and aren't known to be out of order.
  private var recent: [(seen: Int, sent: Int, event: FoundEvent)] = []

  /// Notes that an observation begins to wait, or has waited.
  mutating func wait(_ change: Int) { waiting = max(0, waiting + change) }

  /// Adds a pair by the places of its ends.
  ///
  /// - Returns: the events that are now known to have been observed after one that was sent behind them.
  mutating func add(sent: Int, seen: Int, _ event: FoundEvent) -> [FoundEvent] {
    var reordered: [FoundEvent] = []
    recent.removeAll { pair in
      let isOvertaken = pair.sent < sent && pair.seen > seen
      if isOvertaken { reordered.append(pair.event) }
      return isOvertaken
    }
    // Either this observation has just come, so that all others are before it, or what was sent is just known
    // of, so that nothing was sent behind it.
    if sent < greatestSent { reordered.append(event) } else { recent.append((seen, sent, event)) }
    greatestSent = max(greatestSent, sent)
    // One that comes from now on has a greater place than all of these.
    if waiting == 0 { recent = [] }
    if recent.count > Self.mostRecent { recent.removeFirst() }
    return reordered
  }
}
