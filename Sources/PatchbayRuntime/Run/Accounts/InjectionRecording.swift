import PatchbayCore

/// What injectors did in some stretch of a run.
struct InjectionRecording: Sendable {
  /// The kinds of time that are told apart, each with its place in the report.
  private static let kinds:
    [(
      part: @Sendable (InjectionTimings) -> Int64,
      place: any WritableKeyPath<InjectionReport, Distribution> & Sendable
    )] = [
      ({ $0.service }, \.latency), ({ $0.wire }, \.wire), ({ $0.queue }, \.queue),
      ({ $0.rateLimit }, \.rateLimit), ({ $0.token }, \.token), ({ $0.backoff }, \.backoff),
      ({ $0.own }, \.own), ({ $0.response }, \.response),
    ]

  private var counts = InjectionReport()
  private var statuses: [UInt16: Int] = [:]
  private var durations = Array(repeating: DurationRecorder(), count: Self.kinds.count)
  private var byLabel: [LatencyLabel: LabelRecording]

  /// - Parameter labels: what latencies are told apart by.
  init(_ labels: [LatencyLabel: LabelRoom]) {
    byLabel = labels.mapValues { LabelRecording($0) }
  }

  /// How much memory the histograms take, in bytes.
  var bytes: Int {
    durations.reduce(0) { $0 + $1.bytes } + byLabel.values.reduce(0) { $0 + $1.bytes }
  }

  /// Adds an event of a batch.
  mutating func add(_ index: Int, of batch: borrowing EventBatch) {
    let outcome = batch.outcome(at: index)
    add(outcome)
    guard outcome.kind == .accepted, outcome.attempts > 0, !byLabel.isEmpty else { return }
    let timings = outcome.timings
    byLabel[.state]?.add(
      batch[index].state, in: batch, latency: timings.service, response: timings.response)
    guard byLabel[.endpoint] != nil else { return }
    let attempts = batch.attemptTimes(of: index)
    for attempt in attempts {
      byLabel[.endpoint]?.add(attempt.endpoint, in: batch, latency: attempt.total, response: nil)
    }
    if let last = attempts.last {
      byLabel[.endpoint]?.add(
        last.endpoint, in: batch, latency: nil, response: timings.response)
    }
  }

  private mutating func add(_ outcome: Outcome) {
    counts.attempted += 1
    counts.attempts += Int(outcome.attempts)
    if outcome.attempts > 0 { statuses[outcome.status, default: 0] += 1 }
    switch outcome.kind {
    case .accepted: counts.accepted += 1
    case .unknown: counts.unknown += 1
    case .undecided, .rejected, .failed: counts.failed += 1
    }
    // What took no request, such as a state that the target sees by itself, took no time to measure.
    guard outcome.kind == .accepted, outcome.attempts > 0 else { return }
    for (index, kind) in Self.kinds.enumerated() {
      durations[index].record(kind.part(outcome.timings))
    }
  }

  /// Adds what another one has recorded.
  mutating func add(_ other: InjectionRecording) {
    counts.attempted += other.counts.attempted
    counts.accepted += other.counts.accepted
    counts.failed += other.counts.failed
    counts.unknown += other.counts.unknown
    counts.attempts += other.counts.attempts
    statuses.merge(other.statuses, uniquingKeysWith: +)
    for index in durations.indices { durations[index].add(other.durations[index]) }
  }

  /// Goes on with what another one has recorded by label: with two sets of those many histograms the memory
  /// would be twice as large.
  ///
  /// - Returns: all of it, which is cheap to look at: what is written meanwhile is copied first.
  mutating func takeLabels(of other: inout InjectionRecording) -> [LatencyLabel: LabelRecording] {
    swap(&byLabel, &other.byLabel)
    return byLabel
  }

  /// What was recorded.
  var report: InjectionReport {
    var report = counts
    report.statuses = statuses.sorted { $0.key < $1.key }.map { (Int($0.key), $0.value) }
    for (index, kind) in Self.kinds.enumerated() {
      report[keyPath: kind.place] = durations[index].distribution
    }
    return report
  }
}
