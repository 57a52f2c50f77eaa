import PatchbayCore
import Synchronization

extension PipelineRun {
  /// Finishes the sinks, those that report the verdict last.
  func finish(_ sinks: [EndedSink], _ journal: RunJournal?) async {
    let sinks = plan.stages.compactMap { planned in
      sinks.first { $0.counters.name == planned.name }
    }
    let (verdicts, others) = (
      sinks.filter { type(of: $0.sink).reportsVerdict },
      sinks.filter { !type(of: $0.sink).reportsVerdict }
    )
    for group in [others, verdicts] {
      let report = makeReport(journal)
      await control.cancelling(at: .abort, on: clock) { [services] in
        for sink in group {
          var sink = sink
          await sink.finish(report, in: services)
        }
      }
    }
  }

  func makeReport(_ journal: RunJournal? = nil) -> RunReport {
    var summary = RunSummary(
      id: identity.id, name: plan.name, seed: identity.seed,
      clock: plan.options.clock.optionText, startedAt: identity.startedAt,
      directory: directory.path)
    summary.finishedAt = clock.now
    summary.realNanoseconds = realStart.elapsedNanoseconds
    summary.ending = control.ending
    summary.attempt = identity.attempt
    var report = RunReport(run: summary)
    report.events = ledger.counts
    report.timeline = timeline
    report.stages = plan.stages.compactMap { counters[$0.name]?.snapshot }
    if plan.stages.contains(where: { $0.role == .injector }) {
      report.injection = services.latency.report
    }
    report.failures = services.failures.lines
    report.inputWasUnreadable = services.failures.inputWasUnreadable
    report.leftovers = leftovers
    for stage in report.stages {
      for (port, count) in stage.unconnected.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        report.notices.append(
          "\(stage.name).\(port): \(count) events left here and nothing is connected to it")
      }
    }
    report.notices += spoolNotices
    if let journal {
      report.run.canBeResumed = report.hasSomethingLeft
      if let past = journal.past { report.notices.append(notice(past)) }
    }
    let lost = lostThreshold.withLock { $0 }
    report.thresholds = plan.thresholds.map { threshold in
      // What came while the run drained doesn't win it back.
      if let lost, lost.metric == threshold.metric, lost.condition == threshold.condition {
        return lost
      }
      return threshold.check(report)
    }
    if let lost {
      report.notices.append(
        "ended by the threshold \(lost.metric) \(lost.condition): it was \(lost.value ?? 0)")
    }
    return report
  }

  /// What a reader should know of a run that was gone on with.
  private func notice(_ past: JournalPast) -> String {
    "gone on with after an interruption: \(past.count) events came again from the journal"
      + (past.openIntents == 0
        ? ""
        : "; \(past.openIntents) had been sent without an answer on record and were sent again "
          + "under the same keys")
  }
}

extension RunReport {
  /// Whether going on with the run could do more than it has done: it was stopped, or something was left
  /// inside or unwritten.
  fileprivate var hasSomethingLeft: Bool {
    run.ending != .completed || !events.isBalanced || events.abandoned > 0
      || stages.contains { $0.undelivered > 0 || $0.unkeptRecords > 0 } || !failures.isEmpty
  }
}
