import PatchbayCore
import Testing

struct ExitCodeTests {
  /// One thing that can go wrong, and the code that it gives a run.
  struct Trouble: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: ExitCode
    let apply: @Sendable (inout RunReport) -> Void

    init(_ name: String, _ code: ExitCode, _ apply: @escaping @Sendable (inout RunReport) -> Void) {
      testDescription = name
      self.code = code
      self.apply = apply
    }
  }

  private static let troubles = [
    Trouble("a signal", .interrupted) { $0.run.ending = .interrupted },
    Trouble("an unreadable input", .unreadableInput) {
      $0.inputWasUnreadable = true
      $0.failures.append("sources.file: can't read it")
    },
    Trouble("a failed stage", .failure) { $0.failures.append("sinks.file: disk full") },
    Trouble("a broken identity", .failure) { $0.events.delivered += 1 },
    Trouble("nothing emitted", .failure) { $0.events = SettlementCounts() },
    Trouble("an abandoned event", .incomplete) {
      $0.events.delivered -= 1
      $0.events.abandoned += 1
    },
    Trouble("a leftover", .incomplete) { $0.leftovers.append("sinks.file holds 3 events") },
    Trouble("a failed threshold", .threshold) {
      $0.thresholds.append(
        ThresholdResult(metric: "events.failed", condition: "== 0", value: 1, passed: false))
    },
  ]

  @Test func `a run that delivers nothing fails, unless a threshold judges it or it was stopped`() {
    var report = RunReport.sample()
    report.thresholds = []
    #expect(report.exitCode == .success)
    report.events.rejected += report.events.delivered
    report.events.delivered = 0
    #expect(report.exitCode == .failure && report.deliveredNothing)
    report.failures = ["sinks.console: could not write"]
    #expect(report.exitCode == .failure && !report.deliveredNothing)
    report.failures = []
    report.run.ending = .stopped
    #expect(report.exitCode == .success)
    report.run.ending = .completed
    let judged = ThresholdResult(
      metric: "events.delivered", condition: "== 0", value: 0, passed: true)
    report.thresholds = [judged]
    #expect(report.exitCode == .success)
  }

  @Test func `the codes are in the order of precedence`() {
    #expect(
      ExitCode.allCases.map { "\($0) \($0.rawValue)" } == [
        "interrupted 130", "configuration 78", "usage 64", "unreadableInput 66", "failure 1",
        "incomplete 75", "threshold 99", "success 0",
      ])
  }

  @Test(arguments: troubles)
  func `each trouble has its code`(trouble: Trouble) {
    var report = RunReport.sample()
    trouble.apply(&report)
    #expect(report.exitCode == trouble.code)
  }

  @Test func `of any troubles the first code in the list wins`() {
    for choice in 0..<(1 << Self.troubles.count) {
      let chosen = Self.troubles.indices.filter { choice >> $0 & 1 == 1 }.map { Self.troubles[$0] }
      var report = RunReport.sample()
      for trouble in chosen { trouble.apply(&report) }
      let codes = chosen.map(\.code)
      let expected = ExitCode.allCases.first { codes.contains($0) } ?? .success
      #expect(report.exitCode == expected, "\(chosen.map(\.testDescription))")
    }
  }

  @Test func `what is no trouble changes nothing`() {
    var report = RunReport.sample()
    #expect(report.exitCode == .success)
    report.events.delivered = 4
    report.events.rejected = 3
    report.events.failed = 3
    report.run.ending = .deadline
    report.notices.append("nothing is connected to call-log.rejected")
    report.thresholds.append(
      ThresholdResult(metric: "events.failed", condition: "<= 3", value: 3, passed: true))
    #expect(report.exitCode == .success)
  }
}
