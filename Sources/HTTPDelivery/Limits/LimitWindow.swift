import PatchbayCore

/// A stretch of time in which a target lets so many requests through, and who has made how many of them.
///
/// While several stages are at it, each can count on an equal part. What one doesn't use is left to the
/// others bit by bit, so that nothing is left over when the window ends: a stage that comes late finds
/// what belongs to the rest of the window.
struct LimitWindow {
  /// Numbers the windows of a limit.
  let number: Int
  /// When it began, as far as is known.
  let start: Timestamp
  /// How many requests are let through, by everybody together.
  var allowed: Int
  /// The time that it surely ends by; nil until an answer tells.
  private(set) var end: Timestamp?
  /// The time until which it surely lasts.
  private(set) var lastsUntil: Timestamp
  /// How many requests beside `taken` count: what the target says, whoever made them.
  var counted = 0
  /// How many each stage has made, by its number.
  private(set) var taken: [Int] = []

  init(number: Int, start: Timestamp, allowed: Int) {
    self.number = number
    self.start = start
    self.allowed = allowed
    lastsUntil = start
  }

  /// Narrows down when it ends.
  mutating func narrow(end: Timestamp, lastsUntil: Timestamp) {
    self.end = min(self.end ?? end, end)
    self.lastsUntil = max(self.lastsUntil, lastsUntil)
  }

  /// Whether it is over for sure.
  func isOver(at now: Timestamp) -> Bool { end.map { now >= $0 } ?? false }

  /// How many requests stages have made in it.
  var made: Int { taken.reduce(0, +) }

  mutating func take(_ count: Int = 1, by stage: Int) {
    while taken.count <= stage { taken.append(0) }
    taken[stage] = max(0, taken[stage] + count)
  }

  /// When a stage may take one of those that are left.
  ///
  /// - Parameters:
  ///   - left: how many are left for all stages.
  ///   - stage: who asks.
  ///   - others: who else is at it.
  ///   - ahead: how many requests of the stage have asked before, and wait.
  /// - Returns: nil for now; a time at which it is worth asking again, which is missing if an answer has
  ///   to come first.
  func turn(_ left: Int, of stage: Int, beside others: [Int], behind ahead: Int, now: Timestamp)
    -> Turn
  {
    // Somebody has to open it, whatever may still be under way: else no answer would come.
    if end == nil, made == 0 { return .now }
    guard left > 0 else { return .later(end) }
    guard !others.isEmpty else { return .now }
    let part = Double(allowed) / Double(others.count + 1)
    var share = 1.0
    if let end, end > start { share = min(1, max(0, end.since(now) / end.since(start))) }
    var kept = 0.0
    var keepers = 0
    for other in others {
      let unused = min(part * share, part - Double(other < taken.count ? taken[other] : 0))
      if unused > 0 {
        kept += unused
        keepers += 1
      }
    }
    let missing = 1 - (Double(left) - kept)
    // What fractions add up to is never quite whole.
    guard missing > 1e-6 else { return .now }
    guard let end else { return .later(nil) }
    // It is set free evenly until the end. (Of those that are ahead of that, later: then it's asked once
    // more.)
    let perSecond = part * Double(keepers) / max(1e-9, end.since(start) / .seconds(1))
    let wait = Duration.seconds((missing + Double(ahead)) / perSecond) + .microseconds(1)
    return .later(min(end, now.advanced(by: wait)))
  }

  /// When it is a stage's turn.
  enum Turn {
    case now
    /// Not before a time; nil if an answer has to come first.
    case later(Timestamp?)
  }
}
