import PatchbayCore
import Synchronization

extension PipelineRun {
  /// How long, after a cut, what was sent may take to be judged and recorded, in real time.
  private static let recordingTime = Duration.milliseconds(500)

  /// Stops the sources when the run's time is over.
  func watchDeadline() async {
    guard let deadline = plan.options.deadline else { return }
    await clock.whileWorking {
      // A run that is gone on with has its time anew.
      let start = identity.attempt == 1 ? identity.startedAt : clock.now
      let end = start.advanced(by: deadline)
      if (try? await clock.watch(until: end)) != nil { control.request(.drain, ending: .deadline) }
    }
  }

  /// How often thresholds are looked at that may end the run, on its clock.
  private static let thresholdInterval = Duration.seconds(1)

  /// Stops the sources when a threshold is lost that says so.
  func watchThresholds() async {
    let watched = plan.thresholds.filter(\.aborts)
    guard !watched.isEmpty else { return }
    await clock.whileWorking {
      let start = clock.now
      while true {
        let next = clock.now.advanced(by: Self.thresholdInterval)
        guard (try? await clock.watch(until: next)) != nil, !control.has(.drain) else { return }
        let time = clock.now.since(start)
        let due = watched.filter { time >= $0.after }
        if due.isEmpty { continue }
        let report = makeReport()
        // What can't be computed yet isn't lost.
        let lost = due.map { $0.check(report) }.first { !$0.passed && $0.value != nil }
        guard let lost else { continue }
        lostThreshold.withLock { $0 = lost }
        control.request(.drain, ending: .threshold)
        return
      }
    }
  }

  /// Ends a drain that takes too long.
  func watchDrain() async {
    guard await control.wait(for: .drain) else { return }
    let drain = plan.options.drain
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [control] in
        if (try? await RealClock().sleep(for: drain)) != nil { control.request(.cut) }
      }
      let isCut = await control.wait(for: .cut)
      group.cancelAll()
      guard isCut else { return }
    }
    if Task.isCancelled { return }
    noteIdleTimes()
    if (try? await RealClock().sleep(for: Self.recordingTime)) != nil { control.request(.abort) }
  }

  private func noteIdleTimes() {
    let times = counters.mapValues(\.idleNanoseconds)
    idle.withLock { $0 = times }
  }

  /// What each stage holds at the moment, a line for each that holds something.
  public var holdings: [String] {
    let channels = channels.withLock { $0.mapValues(\.gauge) }
    return plan.stages.compactMap { planned in
      guard planned.role != .source, let counters = counters[planned.name] else { return nil }
      let report = counters.snapshot
      let left =
        report.sent.values.reduce(0, +) + report.written + report.undelivered + report.absorbed
        + report.abandoned
      let inside = max(0, report.received - left)
      let waiting = channels[planned.name]?.events ?? 0
      if inside + waiting == 0 { return nil }
      return "\(counters.path): \(inside) inside, \(waiting) waiting before it"
    }
  }

  /// What each stage still held when the run had to end.
  var leftovers: [String] {
    let idle = idle.withLock { $0 }
    return plan.stages.compactMap { planned in
      guard let counters = counters[planned.name] else { return nil }
      let report = counters.snapshot
      guard report.abandoned > 0 else { return nil }
      let tenths = (idle[planned.name] ?? counters.idleNanoseconds) / 100_000_000
      let time = Duration.milliseconds(tenths * 100)
      return "\(counters.path) held \(report.abandoned) "
        + "\(report.abandoned == 1 ? "event" : "events") when the drain ended; "
        + "it had last moved one \(time.optionText) before"
    }
  }
}
