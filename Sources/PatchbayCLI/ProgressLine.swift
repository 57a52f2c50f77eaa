import PatchbayCore
import PatchbayRuntime
import Reports

/// The line that shows how far a run is; what matters least goes first where there is no room.
struct ProgressLine {
  /// A part of the line.
  private struct Part {
    let text: String
    /// The lower, the longer it stays.
    let rank: Int
  }

  /// How a run stood, and when.
  private struct Moment {
    let time: MonotonicInstant
    let progress: RunProgress
  }

  /// Over how many lines the rate is taken.
  private static let span = 10

  private let start = MonotonicInstant.now
  /// How many events there will be, and how long the sources take on the run's clock, as far as the plan tells.
  private let events: Int?
  private let duration: Duration?
  private var moments: [Moment] = []

  /// - Parameter plan: what is run.
  init(_ plan: Plan) {
    let outlook = PlanOutlook(plan)
    let amounts = outlook.emissions.map(\.events)
    events = amounts.contains { $0.most != $0.least } ? nil : amounts.reduce(0) { $0 + $1.least }
    duration = outlook.sourceDuration
  }

  /// The line.
  ///
  /// - Parameters:
  ///   - progress: how the run stands.
  ///   - width: how many columns there are; nil for as many as it takes.
  mutating func text(_ progress: RunProgress, width: Int? = nil) -> String {
    let (last, elapsed) = (moments.last?.progress, moments.last?.time.elapsedNanoseconds ?? 0)
    moments.append(Moment(time: .now, progress: progress))
    if moments.count > Self.span { moments.removeFirst() }
    var parts = [
      Part(text: Self.time(progress.elapsedNanoseconds), rank: 0),
      Part(text: "\(progress.events.emitted) emitted", rank: 1),
    ]
    if progress.injection.attempted > 0 {
      parts.append(
        Part(
          text: "\(progress.injection.accepted)/\(progress.injection.attempted) accepted", rank: 3))
    }
    parts.append(Part(text: "\(progress.events.settled) settled", rank: 2))
    if let rate { parts.append(Part(text: "\(rate)/s", rank: 4)) }
    let inside = progress.events.emitted - progress.events.settled
    if inside > 0 { parts.append(Part(text: "\(inside) inside", rank: 8)) }
    if progress.events.rejected > 0 {
      parts.append(Part(text: "\(progress.events.rejected) rejected", rank: 5))
    }
    if progress.events.failed > 0 {
      parts.append(Part(text: "\(progress.events.failed) failed", rank: 5))
    }
    let mismatches = Self.sum("mismatches", progress)
    if mismatches > 0 { parts.append(Part(text: "\(mismatches) mismatches", rank: 5)) }
    if let last, Self.sum("held_ms", progress) > Self.sum("held_ms", last) {
      parts.append(Part(text: "waits for the rate limit", rank: 6))
    } else if let last, let stage = Self.slowest(last, progress, elapsed) {
      parts.append(Part(text: "waits for \(stage)", rank: 7))
    }
    if let left = left(progress) { parts.append(Part(text: "\(left) left", rank: 4)) }
    return Self.fitted(parts, width)
  }

  private static func fitted(_ parts: [Part], _ width: Int?) -> String {
    var parts = parts
    func line() -> String { parts.map(\.text).joined(separator: "  ") }
    while let width, parts.count > 1, line().count >= width,
      let least = parts.indices.max(by: { parts[$0].rank < parts[$1].rank })
    {
      parts.remove(at: least)
    }
    return line()
  }

  /// Events settled a second, lately.
  private var rate: Int? {
    guard let first = moments.first, let last = moments.last, moments.count > 1 else { return nil }
    let seconds = Double(last.time.nanoseconds - first.time.nanoseconds) / 1e9
    let count = last.progress.events.settled - first.progress.events.settled
    return seconds > 0 ? Int((Double(count) / seconds).rounded()) : nil
  }

  /// How much longer it takes if it goes on as until now, in real time; nil if nobody can tell.
  private func left(_ progress: RunProgress) -> String? {
    let elapsed = Double(start.elapsedNanoseconds)
    var share: Double?
    if let duration, duration > .zero {
      share = Double(progress.elapsedNanoseconds) / Double(duration.wholeNanoseconds)
    } else if let events, events > 0 {
      share = Double(progress.events.settled) / Double(events)
    }
    guard let share, share > 0.01, share < 1, elapsed > 1e9 else { return nil }
    return Self.time(Int64(elapsed * (1 - share) / share))
  }

  /// The stage before which events have waited longest since the last line; nil if none has for a quarter of it.
  ///
  /// - Parameter time: how long ago that was, in real time, as waits are.
  private static func slowest(
    _ last: RunProgress, _ now: RunProgress, _ time: Int64
  ) -> String? {
    let waits = now.channels.map { name, gauge in
      (name, gauge.blockedNanoseconds - (last.channels[name]?.blockedNanoseconds ?? 0))
    }
    guard let most = waits.max(by: { ($0.1, $1.0) < ($1.1, $0.0) }), most.1 > max(1, time / 4)
    else {
      return nil
    }
    return most.0
  }

  private static func sum(_ metric: String, _ progress: RunProgress) -> Int {
    progress.stages.reduce(0) { $0 + (Int(exactly: ($1.findings[metric] ?? 0).rounded()) ?? 0) }
  }

  /// `7s`, `4m05s`, `2h10m`.
  private static func time(_ nanoseconds: Int64) -> String {
    let seconds = max(0, nanoseconds) / 1_000_000_000
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3_600: return "\(seconds / 60)m\(two(seconds % 60))s"
    default: return "\(seconds / 3_600)h\(two(seconds / 60 % 60))m"
    }
  }
}
