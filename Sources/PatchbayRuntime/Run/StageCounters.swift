package import PatchbayCore
import Synchronization

/// One stage's report while it runs; shared with whoever shows progress.
package final class StageCounters: Sendable {
  private let report: Mutex<(StageReport, lastUpdate: MonotonicInstant)>
  package let name: String
  package let role: StageRole

  package init(name: String, role: StageRole, type: String) {
    self.name = name
    self.role = role
    report = Mutex((StageReport(name: name, role: role, type: type), .now))
  }

  package var snapshot: StageReport { report.withLock { $0.0 } }

  /// How long ago anything was counted, in nanoseconds.
  package var idleNanoseconds: Int64 { report.withLock { $0.lastUpdate.elapsedNanoseconds } }

  package func update(_ body: (inout StageReport) -> Void) {
    report.withLock {
      body(&$0.0)
      $0.lastUpdate = .now
    }
  }

  /// `injectors.inject`, as messages name the stage.
  package var path: String { "\(role.section).\(name)" }
}
