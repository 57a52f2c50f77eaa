package import PatchbayCore

/// Counts a token's requests in windows of fixed length; one opens with the first request after
/// the last one's end.
package struct RateWindow {
  /// How a window stands after a request.
  package struct Usage: Equatable {
    /// The requests let through in this window.
    package var count: Int
    /// The most that are; nil for any number.
    package var limit: Rate?
    /// Whole seconds until the window ends, at least 1.
    package var secondsLeft: Int

    package init(count: Int, limit: Rate?, secondsLeft: Int) {
      self.count = count
      self.limit = limit
      self.secondsLeft = secondsLeft
    }
  }

  private var start: Timestamp
  private var count = 0

  package init(start: Timestamp) {
    self.start = start
  }

  /// Counts a request unless the window is full; says whether it is let through.
  ///
  /// - Parameter limit: without one, windows of a minute are counted and none is ever full.
  package mutating func admit(at now: Timestamp, limit: Rate?) -> (isAdmitted: Bool, usage: Usage) {
    let length = Duration.seconds(limit?.period.seconds ?? Rate.Period.minute.seconds)
    // A real clock may be set back; a window that starts in the future is none.
    if now < start || now >= start.advanced(by: length) {
      start = now
      count = 0
    }
    let isAdmitted = limit.map { count < $0.count } ?? true
    if isAdmitted { count += 1 }
    let left = start.advanced(by: length).since(now).secondsRoundedUp
    return (isAdmitted, Usage(count: count, limit: limit, secondsLeft: max(1, left)))
  }
}

extension Duration {
  /// The whole seconds that are no less than this.
  package var secondsRoundedUp: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) + (attoseconds > 0 ? 1 : 0)
  }
}
