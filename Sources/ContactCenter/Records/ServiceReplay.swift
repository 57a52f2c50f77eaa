import HeapModule
import PatchbayCore

/// Emits the events of services in the order of their times, each at its time.
struct ServiceReplay {
  /// How services are told and sent.
  struct Manner {
    /// What ids of events begin with.
    let prefix: String
    /// The path by which events say where they stood.
    let path: String
    let terms: ServiceTerms
    let pace: Pace
  }

  private(set) var overlap = ServiceOverlap()

  /// - Parameter services: all of them, in the order of their records.
  mutating func run(
    _ services: [Service], _ manner: Manner, clock: any PipelineClock,
    emitting outlet: SourceOutlet
  ) async throws {
    // Those that begin in one moment stay in the order of their records.
    let sorted = services.enumerated()
      .sorted { ($0.element.offered, $0.offset) < ($1.element.offered, $1.offset) }
      .map(\.element)
    guard let first = sorted.first else { return }
    for service in sorted { overlap.add(service) }
    var pending = Heap<ServiceStep>()
    var seen: Set<UUIDBits> = []
    var sender = ServiceSender(
      outlet: outlet, manner: manner, clock: clock, origin: first.offered)
    for (order, service) in sorted.enumerated() {
      while let next = pending.min, next.timestamp <= service.offered {
        try await sender.send(pending.removeMin())
      }
      let isFirst = seen.insert(service.agent).inserted
      for step in ServiceStep.steps(
        of: service, order: order, isFirst: isFirst, in: manner.terms)
      {
        pending.insert(step)
      }
    }
    while let next = pending.popMin() { try await sender.send(next) }
    try await sender.finish()
  }
}
