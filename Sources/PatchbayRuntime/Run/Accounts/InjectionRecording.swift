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
      ({ $0.rateLimit }, \.rateLimit), ({ $0.backoff }, \.backoff),
      ({ $0.queue + $0.rateLimit + $0.backoff + $0.wire }, \.response),
    ]

  private var counts = InjectionReport()
  private var statuses: [UInt16: Int] = [:]
  private var durations = Array(repeating: DurationRecording(), count: Self.kinds.count)

  mutating func add(_ outcome: Outcome) {
    counts.attempted += 1
    counts.attempts += Int(outcome.attempts)
    if outcome.attempts > 0 { statuses[outcome.status, default: 0] += 1 }
    switch outcome.kind {
    case .accepted: counts.accepted += 1
    case .unknown: counts.unknown += 1
    case .undecided, .rejected, .failed: counts.failed += 1
    }
    guard outcome.kind == .accepted else { return }
    for (index, kind) in Self.kinds.enumerated() {
      durations[index].record(kind.part(outcome.timings))
    }
  }

  /// Adds everything to a report.
  func add(to report: inout InjectionReport) {
    report.attempted += counts.attempted
    report.accepted += counts.accepted
    report.failed += counts.failed
    report.unknown += counts.unknown
    report.attempts += counts.attempts
    var all = Dictionary(uniqueKeysWithValues: report.statuses.map { ($0.status, $0.count) })
    for (status, count) in statuses { all[Int(status), default: 0] += count }
    report.statuses = all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    for (index, kind) in Self.kinds.enumerated() {
      report[keyPath: kind.place].merge(durations[index].distribution)
    }
  }

  mutating func clear() {
    counts = InjectionReport()
    statuses = [:]
    for index in durations.indices { durations[index].clear() }
  }
}
