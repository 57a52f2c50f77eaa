/// A shape of durations by steps, as collectors of metrics have them: from 100 microseconds to ten minutes.
///
/// The steps' ends are those that recorders tell apart, so that the counts up to them are exact.
package struct DurationSteps: Sendable {
  /// The steps' ends, in nanoseconds.
  package let bounds: [Int64]
  /// How many there are in each step; one more than bounds: what is longer than the last.
  package let counts: [Int]

  private static let steps: [Int64] = {
    var steps: [Int64] = []
    var decade: Int64 = 100_000
    while decade < 60_000_000_000 {
      for tenths: Int64 in [10, 15, 20, 30, 50, 70] { steps.append(decade / 10 * tenths) }
      decade *= 10
    }
    let minutes: [Int64] = [60, 120, 300, 600]
    return steps.filter { $0 < 60_000_000_000 } + minutes.map { $0 * 1_000_000_000 }
  }()
  private static let edges: [DurationRecorder.Precision: [Int64]] = [
    .three: steps.map { DurationRecorder.edge(of: $0, .three) },
    .two: steps.map { DurationRecorder.edge(of: $0, .two) },
  ]

  /// Takes a shape apart.
  ///
  /// - Parameters:
  ///   - shape: the shape.
  ///   - precision: that of its recorder.
  package init(_ shape: Distribution, precision: DurationRecorder.Precision = .three) {
    bounds = Self.edges[precision] ?? []
    var buckets = shape.buckets[...]
    var counts: [Int] = []
    for bound in bounds {
      var count = 0
      while let first = buckets.first, first.value <= bound {
        count += first.count
        buckets.removeFirst()
      }
      counts.append(count)
    }
    self.counts = counts + [buckets.reduce(0) { $0 + $1.count }]
  }
}
