import PatchbayCore
import Synchronization

extension PipelineRun {
  func watchDeadline() async {
    guard let deadline = plan.options.deadline else { return }
    clock.hold()
    let passed: Void? = try? await clock.watch(until: identity.startedAt.advanced(by: deadline))
    if passed != nil { control.request(.gracefully, ending: .deadline) }
    clock.release()
  }

  func watchDrain() async {
    guard await control.wait(for: .gracefully) else { return }
    let passed: Void? = try? await RealClock().sleep(for: plan.options.drain)
    if passed != nil { control.request(.now) }
  }

  /// Ends everything at once, after noting who holds what.
  func abort(_ wiring: Wiring) {
    services.abort.set()
    for planned in plan.stages {
      guard let counters = counters[planned.name] else { continue }
      let waiting = wiring.channels[planned.name]?.eventsWaiting ?? 0
      let report = counters.snapshot
      let left = report.sent.values.reduce(0, +) + report.written + report.undelivered
      let inside = planned.role == .source ? 0 : max(0, report.received - left)
      guard waiting + inside > 0 else { continue }
      let idle = Duration.nanoseconds(counters.idleNanoseconds).optionText
      leftovers.withLock {
        $0.append(
          "\(counters.path) held \(inside) events inside and \(waiting) waiting before it; "
            + "it last moved one \(idle) ago")
      }
    }
    for channel in wiring.channels.values { channel.abort() }
  }
}
