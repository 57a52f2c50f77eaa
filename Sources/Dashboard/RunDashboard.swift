package import PatchbayCore
import PatchbayJSON
package import PatchbayRuntime
import Reports
import Synchronization

/// A run's page, metrics and health while it goes on.
package final class RunDashboard: Sendable {
  /// How often the page's parts are drawn anew.
  private static let interval = Duration.seconds(1)
  /// How long pages have to show the end, in nanoseconds.
  private static let farewell: Int64 = 1_000_000_000

  /// How many events were settled at a moment.
  private struct Moment {
    let time: MonotonicInstant
    let settled: Int
  }

  private let run: PipelineRun
  private let traces: RunTraces
  private let moments = Mutex<[Moment]>([])
  private let final = Mutex<RunReport?>(nil)
  /// How many pages, and programs, follow the run.
  private let watchers = Atomic(0)

  /// - Parameters:
  ///   - run: the run.
  ///   - traces: what watches its events.
  package init(_ run: PipelineRun, _ traces: RunTraces) {
    self.run = run
    self.traces = traces
  }

  /// Tells whoever looks that the run has ended, and how.
  package func end(_ report: RunReport) { final.withLock { $0 = report } }

  /// Waits until all pages that follow the run show its end, for a moment at the most.
  package func leave() async {
    if watchers.load(ordering: .relaxed) == 0 { return }
    let start = MonotonicInstant.now
    while watchers.load(ordering: .relaxed) > 0, start.elapsedNanoseconds < Self.farewell {
      guard (try? await RealClock().sleep(for: .milliseconds(20))) != nil else { return }
    }
    // What was written last is on its way.
    try? await RealClock().sleep(for: .milliseconds(50))
  }

  // MARK: Pages

  /// The page, and what its script asks for.
  package var pages: [Page] {
    let nonce = Self.nonce()
    return [
      Page("/", policy: "script-src 'nonce-\(nonce)'; connect-src 'self'") { [self] in
        .text(LivePage(live).text(nonce: nonce), type: "text/html; charset=utf-8")
      },
      Page("/live") { [self] in .events { [self] send in try await sendChanges(send) } },
    ]
  }

  /// The metrics, and whether the run is well.
  package var probes: [Page] {
    [
      Page("/metrics") { [self] in
        freshen()
        return .text(
          OpenMetricsDocument(report, waits: waits, process: ProcessUse.current).text,
          type: OpenMetricsDocument.contentType)
      },
      Page("/healthz") { .text("alive\n", type: "text/plain; charset=utf-8") },
      Page("/readyz") { [self] in
        run.isReady
          ? .text("ready\n", type: "text/plain; charset=utf-8")
          : .text(
            "not ready: stages are being opened, or the run is ending\n",
            type: "text/plain; charset=utf-8", status: 503)
      },
      Page("/report.json") { [self] in
        freshen()
        return .text(
          KnownSecrets.masked(report.json.text(.pretty)) + "\n", type: "application/json")
      },
    ]
  }

  /// Sends the parts of the page as they change, until the run has ended.
  private func sendChanges(_ send: Page.Send) async throws {
    follow(1)
    defer { follow(-1) }
    var shown: [String: String] = [:]
    while true {
      let hasEnded = hasEnded
      freshen()
      for part in LivePage(live).parts where shown[part.id] != part.html {
        try await send("part", "\(part.id)\n\(part.html)")
        shown[part.id] = part.html
      }
      if hasEnded { break }
      try await waitForNext()
    }
    try await send("end", "the run has ended")
  }

  /// Waits until parts are to be drawn anew, or the run has ended.
  ///
  /// - Throws: `CancellationError`.
  func waitForNext() async throws {
    for _ in 0..<5 where !hasEnded { try await RealClock().sleep(for: Self.interval / 5) }
  }

  // MARK: What is shown

  var hasEnded: Bool { final.withLock { $0 != nil } }

  /// Has stages say what they have found.
  func freshen() { run.freshen() }

  /// Counts somebody who follows the run to its end.
  func follow(_ change: Int) { watchers.add(change, ordering: .relaxed) }

  var report: RunReport { final.withLock { $0 } ?? run.report }

  private var live: LiveRun {
    let report = report
    let hasEnded = hasEnded
    let (troubles, lanes, isSampled) = traces.current
    return LiveRun(
      report: report,
      phase: hasEnded
        ? .ended : run.isReady ? .running : report.events.emitted == 0 ? .opening : .draining,
      now: report.run.finishedAt, rate: rate(report.events.settled),
      waiting: waits.compactMapValues(Self.words), troubles: troubles, lanes: lanes,
      isSampled: isSampled)
  }

  private func rate(_ settled: Int) -> Double? {
    moments.withLock { moments in
      moments.append(Moment(time: .now, settled: settled))
      if moments.count > 8 { moments.removeFirst() }
      guard let first = moments.first, moments.count > 1 else { return nil }
      let seconds = Double(first.time.elapsedNanoseconds) / 1e9
      return seconds > 0 ? Double(settled - first.settled) / seconds : nil
    }
  }

  var waits: [String: ChannelWait] {
    run.gauges.mapValues {
      ChannelWait(
        events: $0.events, batches: $0.batches, credits: $0.credits,
        blockedNanoseconds: $0.blockedNanoseconds)
    }
  }

  private static func words(_ wait: ChannelWait) -> String? {
    if wait.events == 0, wait.blockedNanoseconds < 1_000_000 { return nil }
    let held = Duration.nanoseconds(wait.blockedNanoseconds / 1_000_000 * 1_000_000)
    return "\(wait.events) wait, held \(held.optionText)"
  }

  /// What nobody can guess.
  private static func nonce() -> String {
    var random = SystemRandomNumberGenerator()
    return (0..<2).map { _ in String(UInt64.random(in: .min ... .max, using: &random), radix: 36) }
      .joined()
  }
}
