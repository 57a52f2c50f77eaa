import Histogram
package import PatchbayCore
import Synchronization

/// Counts what injectors did and where accepted events' time went, in fixed memory.
package final class LatencyRecorder: Sendable {
  private struct State {
    var report = InjectionReport()
    var statuses: [UInt16: Int] = [:]
    var latency = Recording()
    var wire = Recording()
    var queue = Recording()
    var rateLimit = Recording()
    var backoff = Recording()
    var response = Recording()
  }

  private let state = Mutex(State())

  private let meters: RunMeters?

  init(meters: RunMeters?) {
    self.meters = meters
  }

  /// Notes every event of a batch that an injector has judged.
  package func record(_ batch: borrowing EventBatch) {
    state.withLock { state in
      for index in batch.indices {
        let outcome = batch.outcome(at: index)
        state.report.attempted += 1
        state.report.attempts += Int(outcome.attempts)
        if outcome.attempts > 0 { state.statuses[outcome.status, default: 0] += 1 }
        switch outcome.kind {
        case .accepted: state.report.accepted += 1
        case .unknown: state.report.unknown += 1
        case .undecided, .rejected, .failed: state.report.failed += 1
        }
        guard outcome.kind == .accepted else { continue }
        let timings = outcome.timings
        state.latency.record(timings.service)
        state.wire.record(timings.wire)
        state.queue.record(timings.queue)
        state.rateLimit.record(timings.rateLimit)
        state.backoff.record(timings.backoff)
        state.response.record(
          timings.queue + timings.rateLimit + timings.backoff + timings.wire)
      }
    }
    // Not under the lock: the program's metrics may do anything, also ask for the progress.
    guard let meters else { return }
    for index in batch.indices { meters.add(batch.outcome(at: index)) }
  }

  package var report: InjectionReport {
    state.withLock { state in
      var report = state.report
      report.statuses = state.statuses.sorted { $0.key < $1.key }.map { (Int($0.key), $0.value) }
      report.latency = state.latency.distribution
      report.wire = state.wire.distribution
      report.queue = state.queue.distribution
      report.rateLimit = state.rateLimit.distribution
      report.backoff = state.backoff.distribution
      report.response = state.response.distribution
      return report
    }
  }
}

/// A histogram of nanoseconds with three significant digits; minimum, mean and maximum are exact.
private struct Recording {
  private static let longest: Int64 = 7 * 86_400_000_000_000

  private var histogram = Histogram<UInt32>(
    highestTrackableValue: UInt64(Recording.longest), numberOfSignificantValueDigits: .three)
  private var count = 0
  private var sum = 0.0
  private var minimum = Int64.max
  private var maximum = Int64.min

  mutating func record(_ nanoseconds: Int64) {
    let value = max(0, nanoseconds)
    count += 1
    sum += Double(value)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    histogram.record(UInt64(min(value, Self.longest)))
  }

  var distribution: Distribution {
    var distribution = Distribution()
    guard count > 0 else { return distribution }
    distribution.count = count
    distribution.minimum = minimum
    distribution.maximum = maximum
    distribution.mean = sum / Double(count)
    distribution.p50 = percentile(50)
    distribution.p90 = percentile(90)
    distribution.p95 = percentile(95)
    distribution.p99 = percentile(99)
    return distribution
  }

  /// The histogram rounds up within its resolution; no percentile may pass the true maximum.
  private func percentile(_ percent: Double) -> Int64 {
    min(max(Int64(histogram.valueAtPercentile(percent)), minimum), maximum)
  }
}
