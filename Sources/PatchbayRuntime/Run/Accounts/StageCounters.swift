package import PatchbayCore
import Synchronization

/// One stage's report while it runs; shared with whoever shows progress.
package final class StageCounters: Sendable {
  private struct State {
    var report: StageReport
    /// Events that left the main path here.
    var diverted = FoundEvents()
    var lastUpdate = MonotonicInstant.now
    var lastFindings: MonotonicInstant?
    var findingsLife = StageCounters.findingsLife
    /// For sources: how late events left, and when.
    var lag: DurationRecorder?
    var schedule = ScheduleCurves()
  }

  /// How old the findings of a stage that runs may become, in nanoseconds of real time.
  private static let findingsLife: Int64 = 500_000_000
  /// How many times as long as it takes to ask for them the findings of a stage are left alone.
  private static let findingsShare: Int64 = 50

  package let name: String
  package let role: StageRole
  /// Who watches the run.
  let observers: [any RunObserver]
  /// When the run began, on its clock.
  private let start: Timestamp
  private let state: Mutex<State>
  private let meters: StageMeters?

  init(
    name: String, role: StageRole, type: String, inputs: [String] = [], start: Timestamp,
    observers: [any RunObserver] = [], meters: StageMeters?
  ) {
    self.observers = observers
    self.start = start
    self.meters = meters
    self.name = name
    self.role = role
    var report = StageReport(name: name, role: role, type: type)
    report.inputs = inputs
    state = Mutex(
      State(
        report: report,
        lag: role == .source ? DurationRecorder() : nil))
  }

  package var snapshot: StageReport {
    state.withLock { state in
      var report = state.report
      report.findings.events = state.diverted.all + report.findings.events
      if let lag = state.lag { report.lag = lag.distribution }
      return report
    }
  }

  /// How long ago anything was counted, in nanoseconds.
  package var idleNanoseconds: Int64 { state.withLock { $0.lastUpdate.elapsedNanoseconds } }

  package func update(_ body: (inout StageReport) -> Void) {
    guard let meters else {
      return state.withLock { state in
        body(&state.report)
        state.lastUpdate = .now
      }
    }
    let (old, new) = state.withLock { state in
      let old = state.report
      body(&state.report)
      state.lastUpdate = .now
      return (old, state.report)
    }
    // Not under the lock: the program's metrics may do anything, also ask for the progress.
    meters.add(from: old, to: new)
  }

  /// Notes that events have left a source now that should have at other times.
  func note(intended: [Timestamp], leftAt now: Timestamp) {
    let left = now.nanosecondsSince(start)
    state.withLock { state in
      for time in intended {
        state.lag?.record(now.nanosecondsSince(time))
        state.schedule.add(intended: time.nanosecondsSince(start), left: left)
      }
    }
  }

  /// For sources: when events should have left, and when they did.
  var schedule: ScheduleCurves { state.withLock { $0.schedule } }

  /// Settles events that are still in the stage, or wait before it, when the run has to end.
  func abandon(_ batch: TrackedBatch) {
    batch.settle(as: .abandoned)
    let records = batch.recordCount
    update { report in
      report.abandoned += batch.count - records
      report.unkeptRecords += records
    }
  }

  /// Takes what a running stage has found so far, now and then.
  func refresh(_ findings: () -> Findings) {
    let isDue = state.withLock { state in
      let last = state.lastFindings
      if let last, last.elapsedNanoseconds < state.findingsLife { return false }
      state.lastFindings = .now
      // At the first time there is nothing to tell yet.
      return last != nil
    }
    guard isDue else { return }
    let start = MonotonicInstant.now
    note(findings())
    // A stage that follows a million agents looks through all of them: that mustn't become its work.
    let life = max(Self.findingsLife, start.elapsedNanoseconds * Self.findingsShare)
    state.withLock { state in
      state.findingsLife = life
      state.lastFindings = .now
    }
  }

  /// Names events that leave the main path here.
  func note(diverted batch: EventBatch) { state.withLock { $0.diverted.note(judged: batch) } }

  /// Takes what a stage has found.
  func note(_ findings: Findings) { state.withLock { $0.report.findings = findings } }

  /// `injectors.inject`, as messages name the stage.
  package var path: String { "\(role.section).\(name)" }
}
