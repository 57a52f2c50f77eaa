import PatchbayCore

extension RunReport {
  /// A run that went well.
  static func sample() -> RunReport {
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 0, low: 0), name: "sample", seed: 1, clock: "virtual",
        startedAt: SampleEvents.time, directory: "/runs/1"))
    report.events.emitted = 10
    report.events.delivered = 10
    return report
  }
}
