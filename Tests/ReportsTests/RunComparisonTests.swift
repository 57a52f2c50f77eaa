import PatchbayCore
import PatchbayTesting
import Reports
import Testing

/// What is different between two runs, and what chance makes.
struct RunComparisonTests {
  /// A run whose latencies are drawn from a long-tailed distribution.
  private func report(
    seed: UInt64, factor: Double = 1, events: Int = 2_000,
    _ change: (inout RunReport) -> Void = { _ in }
  ) -> RunReport {
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: seed, low: 0), name: "r", seed: 1, clock: "real",
        startedAt: Timestamp(nanoseconds: 0), directory: "runs/r"))
    report.events.emitted = events
    report.events.delivered = events
    var recorder = DurationRecorder()
    var random = KeyedRandom(seed: seed, purpose: "latencies")
    for _ in 0..<events {
      // A sum of twelve: nearly normal; its square has a tail.
      let sum = (0..<12).reduce(0.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
      recorder.record(Int64(factor * 1_000_000 * sum * sum / 36))
    }
    var injection = InjectionReport()
    injection.attempted = events
    injection.accepted = events
    injection.latency = recorder.distribution
    report.injection = injection
    change(&report)
    return report
  }

  @Test func `of a hundred pairs of one distribution at most five are told apart`() {
    let different = (0..<100).filter { pair in
      !RunComparison(report(seed: 2 * pair + 1), report(seed: 2 * pair + 2)).isSame
    }
    #expect(different.count <= 5, "\(different)")
  }

  @Test func `latencies that are five percent apart are told apart, with the right sign`() {
    func compare(factor: Double) -> RunComparison {
      RunComparison(
        report(seed: 1, events: 10_000), report(seed: 2, factor: factor, events: 10_000))
    }
    let slower = compare(factor: 1.05)
    #expect(slower.differences.map(\.name) == ["latency"])
    #expect(
      slower.differences.first?.difference?.hasPrefix("the second is slower: median +") ?? false)
    #expect(slower.text.contains("latency: "))
    let faster = compare(factor: 0.95)
    #expect(
      faster.differences.first?.difference?.hasPrefix("the second is faster: median -") ?? false)
    // A difference that is real, and too small to matter.
    #expect(
      RunComparison(
        report(seed: 1, events: 200_000), report(seed: 1, factor: 1.01, events: 200_000)
      ).isSame)
  }

  @Test func `durations that are equal count for neither run`() {
    func report(slow: Int) -> RunReport {
      self.report(seed: 1) { report in
        var recorder = DurationRecorder()
        for number in 0..<1_000 { recorder.record(number < slow ? 4_000_000 : 1_000_000) }
        report.injection?.latency = recorder.distribution
      }
    }
    // Ten of a thousand take longer, all others the same.
    let difference = RunComparison(report(slow: 0), report(slow: 10)).differences.first?.difference
    #expect(difference?.hasPrefix("the second is slower: ") ?? false, "\(difference ?? "none")")
  }

  @Test func `a run is the same as itself`() {
    let one = report(seed: 3)
    let comparison = RunComparison(one, one)
    #expect(comparison.isSame)
    #expect(comparison.text.contains("The same: verdicts, 2\u{202F}000 events, transitions"))
  }

  @Test func `verdicts, counts, transitions and stages are held against each other`() {
    func stages(_ report: inout RunReport, count: Int, names: [String]) {
      report.stages = names.map { name in
        var stage = StageReport(name: name, role: .correlator, type: "state-machine")
        stage.findings["mismatches"] = Double(count)
        stage.findings["held_ms"] = Double(count)
        stage.findings.transitions = [.init(from: "a", to: "b", count: count, isAllowed: false)]
        return stage
      }
    }
    let one = report(seed: 1) { report in
      stages(&report, count: 1, names: ["states", "old"])
      report.thresholds = [.init(metric: "m", condition: "< 1", value: 0, passed: true)]
    }
    let other = report(seed: 1) { report in
      stages(&report, count: 3, names: ["states", "new"])
      report.thresholds = [.init(metric: "m", condition: "< 1", value: 2, passed: false)]
      report.events.rejected = 5
      report.events.delivered -= 5
    }
    let differences = RunComparison(one, other).differences.map {
      "\($0.name): \($0.first) -> \($0.second) \($0.difference ?? "")"
    }
    #expect(
      differences == [
        "exit code: 0 -> 99 different", "events.delivered: 2000 -> 1995 -5",
        "events.rejected: 0 -> 5 +5", "states.mismatches: 1 -> 3 +2",
        "stage old: state-machine -> not there different",
        "stage new: not there -> state-machine different", "m < 1: held -> failed different",
        "states: a -> b: 1 -> 3 +2",
      ])
    let page = ComparisonPage(RunComparison(one, other)).text
    #expect(page.contains("states: a -&gt; b"))
  }
}
