package import PatchbayCore

/// Keeps how a run went in at most so many points: when there are too many, each two become one, and those that
/// follow are twice as far apart.
package struct TimelineRecorder: Sendable {
  /// A point, and what it was made of.
  private struct Entry {
    var point: RunTimeline.Point
    var latency: Distribution
    var response: Distribution
  }

  /// How many points there are at most.
  package static let most = 240

  /// How far apart points are, in real time.
  package private(set) var interval = Duration.milliseconds(100)
  private var entries: [Entry] = []
  /// What injectors had recorded at the last point.
  private var latency = Distribution()
  private var response = Distribution()

  package init() {}

  /// Adds how a run stands.
  ///
  /// - Parameters:
  ///   - progress: how it stands.
  ///   - realTime: the real time since its start, in nanoseconds.
  package mutating func add(_ progress: RunProgress, realTime: Int64) {
    var point = RunTimeline.Point()
    point.time = progress.elapsedNanoseconds
    point.realTime = realTime
    point.events = progress.events
    point.attempted = progress.injection.attempted
    point.accepted = progress.injection.accepted
    entries.append(
      Entry(
        point: point, latency: progress.injection.latency.twoDigits(since: latency),
        response: progress.injection.response.twoDigits(since: response)))
    latency = progress.injection.latency
    response = progress.injection.response
    if entries.count > Self.most { thin() }
  }

  private mutating func thin() {
    interval *= 2
    entries = stride(from: 0, to: entries.count, by: 2).map { index in
      guard index + 1 < entries.count else { return entries[index] }
      var entry = entries[index + 1]
      entry.latency.merge(entries[index].latency)
      entry.response.merge(entries[index].response)
      return entry
    }
  }

  /// The points until now.
  package var points: [RunTimeline.Point] {
    entries.map { entry in
      var point = entry.point
      point.latency = RunTimeline.Figures(entry.latency)
      point.response = RunTimeline.Figures(entry.response)
      return point
    }
  }
}

extension Distribution {
  /// What was added since an earlier state of it, to two significant digits.
  fileprivate func twoDigits(since earlier: Distribution) -> Distribution {
    var counts: [Bucket] = []
    var old = earlier.buckets[...]
    for bucket in buckets {
      var count = bucket.count
      while let first = old.first, first.value <= bucket.value {
        if first.value == bucket.value { count -= first.count }
        old.removeFirst()
      }
      guard count > 0 else { continue }
      let value = bucket.value.twoDigits
      if counts.last?.value == value {
        counts[counts.count - 1].count += count
      } else {
        counts.append(Bucket(value: value, count: count))
      }
    }
    let sum = counts.reduce(0.0) { $0 + Double($1.value) * Double($1.count) }
    let all = counts.reduce(0) { $0 + $1.count }
    return Distribution(
      buckets: counts, minimum: counts.first?.value ?? 0,
      mean: all == 0 ? 0 : sum / Double(all), maximum: counts.last?.value ?? 0)
  }
}

extension Int64 {
  /// The number with all but its first two digits rounded.
  fileprivate var twoDigits: Int64 {
    var unit: Int64 = 1
    while self / unit >= 100 { unit *= 10 }
    return (self + unit / 2) / unit * unit
  }
}
