package import PatchbayCore

/// How many things happened in each stretch of a run's time, in fixed memory: when the run outgrows it, each two
/// stretches become one.
package struct CountCurve: Sendable {
  /// How many stretches there are at most.
  package static let most = 240

  /// How long a stretch is, in nanoseconds.
  package private(set) var width: Int64 = 100_000_000
  /// How many things happened in each; up to the last one with any.
  package private(set) var counts: [Int] = []

  package init() {}

  /// Counts something.
  ///
  /// - Parameter time: when it happened since the start, in nanoseconds; what was before counts as at the start.
  package mutating func add(at time: Int64) {
    var place = max(0, time) / width
    while place >= Self.most {
      fold()
      place = max(0, time) / width
    }
    if place >= counts.count { counts += repeatElement(0, count: Int(place) + 1 - counts.count) }
    counts[Int(place)] += 1
  }

  /// Adds what another one has counted.
  package mutating func add(_ other: CountCurve) {
    var other = other
    while other.width < width { other.fold() }
    while width < other.width { fold() }
    if other.counts.count > counts.count {
      counts += repeatElement(0, count: other.counts.count - counts.count)
    }
    for (place, count) in other.counts.enumerated() { counts[place] += count }
  }

  private mutating func fold() {
    width *= 2
    counts = stride(from: 0, to: counts.count, by: 2).map { place in
      counts[place] + (place + 1 < counts.count ? counts[place + 1] : 0)
    }
  }
}

/// When events should have left, and when they did.
package struct ScheduleCurves: Sendable {
  private(set) var intended = CountCurve()
  private(set) var left = CountCurve()

  package init() {}

  /// Notes an event.
  ///
  /// - Parameters:
  ///   - intended: when it should have left since the start of the run, in nanoseconds.
  ///   - left: when it did.
  package mutating func add(intended: Int64, left: Int64) {
    self.intended.add(at: intended)
    self.left.add(at: left)
  }

  /// Adds another source's.
  mutating func add(_ other: ScheduleCurves) {
    intended.add(other.intended)
    left.add(other.left)
  }

  /// Both by stretches of one length; nil if nothing left.
  package var schedule: RunTimeline.Schedule? {
    guard !left.counts.isEmpty else { return nil }
    var (one, other) = (intended, left)
    // Adding nothing makes their stretches as long as the other's.
    one.add(CountCurve(matching: other))
    other.add(CountCurve(matching: one))
    let count = max(one.counts.count, other.counts.count)
    func padded(_ counts: [Int]) -> [Int] {
      counts + Array(repeating: 0, count: count - counts.count)
    }
    return RunTimeline.Schedule(
      width: one.width, intended: padded(one.counts), left: padded(other.counts))
  }
}

extension CountCurve {
  /// Makes one that has counted nothing, with stretches as long as another's.
  fileprivate init(matching other: CountCurve) { width = other.width }
}
