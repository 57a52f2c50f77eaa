package import PatchbayCore

/// Which channel is listened to, and what has to be made good: no I/O, no clock.
package struct WatchState: Sendable {
  /// What the keeper is to do.
  package enum Action: Equatable, Sendable {
    /// Make and open a channel of that number, after a pause.
    case open(Int, after: Duration, isRenewal: Bool)
    /// Close a channel whose place another has taken.
    case retire(Int)
    /// Read what happened since.
    case fill(since: Timestamp)
    /// Nobody can listen any more.
    case giveUp(String)
  }

  /// How often in a row opening a channel may fail: for a quarter of an hour.
  package static let patience = 20
  /// How often at the beginning, when whoever set it up waits.
  package static let firstPatience = 3
  /// How many channels may be opened within a minute without pauses.
  package static let freeOpenings = 6

  /// The channel that is listened to.
  private var current: Int?
  /// The channel that is being opened.
  private var pending: Int?
  /// Channels whose place another has taken, and which are still read, with when something was last heard before
  /// that: what they bring comes before a gap.
  private var retired: [Int: Timestamp] = [:]
  private var last = 0
  private var failures = 0
  private var wasEverOpen = false
  /// When channels were opened, for the last minute.
  private var openings: [Timestamp] = []
  /// From when on has to be read; nil if nothing was missed.
  private var gap: Timestamp?
  package private(set) var isFilling = false
  /// When something was last heard.
  private var heard: Timestamp
  /// How often another channel took the place of one that was open, and how often one was lost.
  package private(set) var renewals = 0
  package private(set) var interruptions = 0

  package init(now: Timestamp) {
    heard = now
  }

  /// Whether everything that happened has been told, as far as it has come.
  package var isWhole: Bool { current != nil && gap == nil && !isFilling }

  /// Whether a channel is the one that is listened to.
  package func isCurrent(_ number: Int) -> Bool { number == current }

  /// Whether a channel is still read though another has its place.
  package func isRetired(_ number: Int) -> Bool { retired[number] != nil }

  package mutating func begin() -> [Action] { openNext(isRenewal: false) }

  package mutating func opened(_ number: Int, at time: Timestamp) -> [Action] {
    guard number == pending else { return [] }
    let old = current
    pending = nil
    current = number
    failures = 0
    wasEverOpen = true
    let before = heard
    heard = max(heard, time)
    openings.append(time)
    openings.removeAll { time.since($0) > .seconds(60) }
    if let old {
      renewals += 1
      retired[old] = before
      return [.retire(old)]
    }
    return startFilling()
  }

  /// Notes that something came, on whichever channel.
  package mutating func hear(at time: Timestamp) { heard = max(heard, time) }

  /// Notes that what came since a time is lost after all.
  package mutating func miss(since time: Timestamp) { gap = min(gap ?? time, time) }

  package mutating func mustRenew(_ number: Int) -> [Action] {
    number == current && pending == nil ? openNext(isRenewal: true) : []
  }

  /// - Parameter isWhole: whether all was read that it had to bring.
  package mutating func ended(_ number: Int, isWhole: Bool = true) -> [Action] {
    if let heard = retired.removeValue(forKey: number) {
      if !isWhole { miss(since: heard) }
      return startFilling()
    }
    guard number == current else { return [] }
    current = nil
    interruptions += 1
    miss(since: heard)
    return pending == nil ? openNext(isRenewal: false) : []
  }

  /// - Parameter isFinal: whether it would be refused again. Only at the beginning: what was allowed once may
  ///   be again.
  package mutating func failed(_ number: Int, _ reason: String, isFinal: Bool) -> [Action] {
    guard number == pending else { return [] }
    pending = nil
    failures += 1
    let patience = wasEverOpen ? Self.patience : isFinal ? 1 : Self.firstPatience
    if failures >= patience { return [.giveUp(reason)] }
    return openNext(isRenewal: current != nil)
  }

  package mutating func filled() -> [Action] {
    isFilling = false
    return startFilling()
  }

  private mutating func openNext(isRenewal: Bool) -> [Action] {
    last += 1
    pending = last
    return [.open(last, after: pause, isRenewal: isRenewal)]
  }

  /// Doubles with the failures in a row, and with the channels that didn't last.
  private var pause: Duration {
    let count = failures + max(0, openings.count - Self.freeOpenings)
    return count == 0 ? .zero : .seconds(min(60, 1 << min(10, count - 1)))
  }

  private mutating func startFilling() -> [Action] {
    guard let gap, current != nil, retired.isEmpty, !isFilling else { return [] }
    self.gap = nil
    isFilling = true
    return [.fill(since: gap)]
  }
}
