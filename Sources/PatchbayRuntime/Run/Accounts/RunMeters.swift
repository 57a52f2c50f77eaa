import CoreMetrics
import PatchbayCore

/// What a run tells a metrics backend while it runs, through swift-metrics.
///
/// Every metric carries the dimension `pipeline`. The report at the end doesn't depend on any of it.
struct RunMeters: Sendable {
  private let factory: any MetricsFactory
  private let dimensions: [(String, String)]
  private let settlements: [(any KeyPath<SettlementCounts, Int> & Sendable, Counter)]
  private let outcomes: [Outcome.Kind: Counter]
  private let service: CoreMetrics.Timer

  /// Makes the run's meters; nil for a backend that takes nothing, so that nothing is computed.
  init?(_ factory: any MetricsFactory, pipeline: String) {
    if factory is NOOPMetricsHandler { return nil }
    self.factory = factory
    dimensions = [("pipeline", pipeline)]
    let own = dimensions
    func counter(_ label: String, _ name: String, _ value: String) -> Counter {
      Counter(label: label, dimensions: own + [(name, value)], factory: factory)
    }
    settlements = [
      (\.emitted, counter("patchbay.events", "settlement", "emitted")),
      (\.delivered, counter("patchbay.events", "settlement", "delivered")),
      (\.rejected, counter("patchbay.events", "settlement", "rejected")),
      (\.failed, counter("patchbay.events", "settlement", "failed")),
      (\.abandoned, counter("patchbay.events", "settlement", "abandoned")),
    ]
    outcomes = Dictionary(
      uniqueKeysWithValues: [Outcome.Kind.accepted, .failed, .unknown].map {
        ($0, counter("patchbay.injection.events", "outcome", $0.name))
      })
    service = CoreMetrics.Timer(
      label: "patchbay.injection.service", dimensions: own, factory: factory)
  }

  func add(_ counts: SettlementCounts) {
    for (path, counter) in settlements where counts[keyPath: path] > 0 {
      counter.increment(by: counts[keyPath: path])
    }
  }

  /// Notes one event that an injector judged.
  func add(_ outcome: Outcome) {
    switch outcome.kind {
    case .accepted:
      outcomes[.accepted]?.increment()
      if outcome.attempts > 0 { service.recordNanoseconds(outcome.timings.service) }
    case .unknown: outcomes[.unknown]?.increment()
    case .undecided, .rejected, .failed: outcomes[.failed]?.increment()
    }
  }

  func stage(_ name: String, _ role: StageRole) -> StageMeters {
    StageMeters(factory, dimensions + [("stage", name), ("role", role.rawValue)], role)
  }
}

/// One stage's counters.
struct StageMeters: Sendable {
  private let received: Counter
  private let sent: [PortName: Counter]
  private let written: Counter?
  private let undelivered: Counter?

  init(_ factory: any MetricsFactory, _ dimensions: [(String, String)], _ role: StageRole) {
    func counter(_ what: String, _ more: [(String, String)] = []) -> Counter {
      Counter(label: "patchbay.stage.\(what)", dimensions: dimensions + more, factory: factory)
    }
    received = counter("received")
    sent = Dictionary(
      uniqueKeysWithValues: role.ports.map { ($0, counter("sent", [("port", $0.rawValue)])) })
    written = role == .sink ? counter("written") : nil
    undelivered = role == .sink ? counter("undelivered") : nil
  }

  /// Counts what has been added between two states of the stage's report.
  func add(from old: StageReport, to new: StageReport) {
    add(new.received - old.received, to: received)
    for (port, count) in new.sent { add(count - (old.sent[port] ?? 0), to: sent[port]) }
    add(new.written - old.written, to: written)
    add(new.undelivered - old.undelivered, to: undelivered)
  }

  private func add(_ count: Int, to counter: Counter?) {
    if count > 0 { counter?.increment(by: count) }
  }
}
