import PatchbayCore

/// Finds out how many requests a target lets through in which time, of one that says so only by 429 with
/// `Retry-After`.
///
/// What it lets through until it refuses, and the time from there to when it lets requests through again,
/// are a limit if its window began when we did. That is so behind a refusal that was waited for; of the
/// first stretch it is likely if the time is a minute, an hour or a day. Otherwise two stretches have to
/// agree: refusals that come by chance, or from somebody else's limit, do not.
struct RefusalLesson {
  /// So many requests in so much time.
  struct Limit: Equatable {
    var count: Int
    var length: Duration
  }

  /// What is known; nil until it is.
  private(set) var limit: Limit?
  /// The stretch that goes on: when its first request left, and how many were let through.
  private var start: Timestamp?
  private var count = 0
  /// Numbers the stretches.
  private(set) var stretch = 0
  /// What the last stretch was like that ended by a refusal, and its number.
  private var last: (limit: Limit, stretch: Int)?

  /// A request leaves.
  mutating func leave(at now: Timestamp) {
    if start == nil { start = now }
  }

  /// A request was let through.
  mutating func pass(of stretch: Int) {
    if stretch == self.stretch {
      count += 1
    } else if stretch == last?.stretch {
      // It was under way when another one was refused.
      last?.limit.count += 1
      limit?.count += 1
    }
  }

  /// A request was refused, and is worth another attempt at `end`.
  mutating func refuse(of stretch: Int, until end: Timestamp) {
    // The others that are refused at the same time say nothing new.
    guard stretch == self.stretch, let start, count > 0 else { return }
    let found = Limit(count: count, length: end.since(start))
    if Self.isPeriod(found.length) || last.map({ found.agrees(with: $0.limit) }) ?? false {
      limit = found
    } else if limit.map({ !found.agrees(with: $0) }) ?? false {
      limit = nil
    }
    last = (found, stretch)
    begin()
  }

  /// A new stretch begins with the next request: a window has ended.
  mutating func begin() {
    stretch += 1
    start = nil
    count = 0
  }

  /// Whether a time is what limits are given for, up to what whole seconds leave out.
  private static func isPeriod(_ length: Duration) -> Bool {
    [Duration.seconds(60), .seconds(3_600), .seconds(86_400)].contains {
      length >= $0 - .seconds(1) && length <= $0 + .seconds(2)
    }
  }
}

extension RefusalLesson.Limit {
  /// Of a shorter time, `Retry-After` in whole seconds doesn't tell enough; a refusal each time costs
  /// little there.
  private static let shortest = Duration.seconds(5)

  /// Whether two stretches show the same limit.
  fileprivate func agrees(with other: Self) -> Bool {
    let difference = max(length - other.length, other.length - length)
    return length >= Self.shortest && difference * 10 <= length
      && abs(count - other.count) * 20 <= max(count, other.count)
  }
}
