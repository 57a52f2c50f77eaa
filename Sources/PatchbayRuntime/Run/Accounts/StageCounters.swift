package import PatchbayCore
import Synchronization

/// One stage's report while it runs; shared with whoever shows progress.
package final class StageCounters: Sendable {
  private let report: Mutex<(StageReport, lastUpdate: MonotonicInstant)>
  package let name: String
  package let role: StageRole

  private let meters: StageMeters?

  init(name: String, role: StageRole, type: String, meters: StageMeters?) {
    self.meters = meters
    self.name = name
    self.role = role
    report = Mutex((StageReport(name: name, role: role, type: type), .now))
  }

  package var snapshot: StageReport { report.withLock { $0.0 } }

  /// How long ago anything was counted, in nanoseconds.
  package var idleNanoseconds: Int64 { report.withLock { $0.lastUpdate.elapsedNanoseconds } }

  package func update(_ body: (inout StageReport) -> Void) {
    report.withLock { state in
      let old = meters == nil ? nil : state.0
      body(&state.0)
      state.lastUpdate = .now
      if let meters, let old { meters.add(from: old, to: state.0) }
    }
  }

  /// `injectors.inject`, as messages name the stage.
  package var path: String { "\(role.section).\(name)" }
}
