package import PatchbayCore

/// Which channel is listened to, and what has to be made good: no I/O, no clock.
package struct WatchState: Sendable {
  /// What the keeper is to do.
  package enum Action: Equatable, Sendable {
    /// Make and open a channel of that number, after a pause that grows with the failures in a row.
    case open(Int, failures: Int)
    /// Close a channel whose place another has taken.
    case retire(Int)
    /// Read what happened between two times, at the second of which somebody listened again.
    case fill(since: Timestamp, until: Timestamp)
    /// Nobody can listen any more.
    case giveUp(String)
  }

  /// The channel that is listened to.
  private var current: Int?
  /// The channel that is being opened.
  private var pending: Int?
  private var last = 0
  private var failures = 0
  /// From when on has to be read; nil if nothing was missed.
  private var gap: Timestamp?
  package private(set) var isFilling = false
  /// When something was last heard.
  private var heard: Timestamp
  /// When the present channel was open.
  private var openedAt: Timestamp
  private var wasEverOpen = false
  /// How often another channel took the place of one that was open, and how often one was lost.
  package private(set) var renewals = 0
  package private(set) var interruptions = 0

  package init(now: Timestamp) {
    heard = now
    openedAt = now
  }

  /// How often in a row opening a channel may fail: for a quarter of an hour.
  package static let patience = 20

  /// How long to wait after so many failures in a row.
  package static func pause(after failures: Int) -> Duration {
    .seconds(min(60, 1 << min(10, max(0, failures - 1))))
  }

  /// Whether everything that happened has been told, as far as it has come.
  package var isWhole: Bool { current != nil && gap == nil && !isFilling }

  package mutating func begin() -> [Action] { openNext() }

  package mutating func opened(_ number: Int, at now: Timestamp) -> [Action] {
    guard number == pending else { return [] }
    let old = current
    pending = nil
    current = number
    failures = 0
    wasEverOpen = true
    openedAt = now
    if let old {
      renewals += 1
      return [.retire(old)]
    }
    return startFilling()
  }

  /// Notes that something came, on whichever channel.
  package mutating func hear(at now: Timestamp) { heard = max(heard, now) }

  package mutating func mustRenew(_ number: Int) -> [Action] {
    number == current && pending == nil ? openNext() : []
  }

  package mutating func ended(_ number: Int) -> [Action] {
    guard number == current else { return [] }
    current = nil
    interruptions += 1
    gap = min(gap ?? heard, heard)
    return pending == nil ? openNext() : []
  }

  /// - Parameter isFinal: whether it would be refused again. Only at the beginning: what was allowed once may
  ///   be again.
  package mutating func failed(_ number: Int, _ reason: String, isFinal: Bool) -> [Action] {
    guard number == pending else { return [] }
    pending = nil
    failures += 1
    if failures >= Self.patience || (isFinal && !wasEverOpen) { return [.giveUp(reason)] }
    return openNext()
  }

  package mutating func filled() -> [Action] {
    isFilling = false
    return startFilling()
  }

  private mutating func openNext() -> [Action] {
    last += 1
    pending = last
    return [.open(last, failures: failures)]
  }

  private mutating func startFilling() -> [Action] {
    guard let gap, current != nil, !isFilling else { return [] }
    self.gap = nil
    isFilling = true
    return [.fill(since: gap, until: openedAt)]
  }
}
