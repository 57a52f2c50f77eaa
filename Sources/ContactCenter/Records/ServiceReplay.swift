import HeapModule
import PatchbayCore

/// Emits the events of services in the order of their times, each at its time.
///
/// Services may come a little out of order: each is told once it is sure that none that comes later begins before it.
struct ServiceReplay {
  /// How services are told and sent.
  struct Manner {
    /// What ids of events begin with.
    let prefix: String
    /// Whether lines come behind that, and not the numbers of records.
    let isByLine: Bool
    /// The paths by which events say where they stood, in the order of the files' numbers.
    let paths: [String]
    let terms: ServiceTerms
    let pace: Pace
  }

  /// A service that waits for its turn.
  private struct Waiting: Comparable {
    let service: Service
    /// Its place in the file, which decides between those that begin in one moment.
    let order: Int

    static func < (one: Waiting, other: Waiting) -> Bool {
      (one.service.offered, one.order) < (other.service.offered, other.order)
    }

    static func == (one: Waiting, other: Waiting) -> Bool { one.order == other.order }
  }

  private(set) var overlap = ServiceOverlap()
  private let manner: Manner
  private let clock: any PipelineClock
  private let outlet: SourceOutlet
  /// How much earlier one may begin than one before it; nil if nobody knows.
  private let lateness: Duration?
  private var waiting = Heap<Waiting>()
  private var steps = Heap<ServiceStep>()
  /// The services that steps are of, and which places are free.
  private var services: [Service] = []
  private var free: [Int32] = []
  private var seen: Set<UUIDBits> = []
  private var sender: ServiceSender?
  private var latest: Timestamp?
  private var taken = 0
  private var told = 0

  /// - Parameter lateness: how much earlier a service may begin than one before it; nil if nobody knows.
  init(
    _ manner: Manner, lateness: Duration?, clock: any PipelineClock, emitting outlet: SourceOutlet
  ) {
    self.manner = manner
    self.lateness = lateness
    self.clock = clock
    self.outlet = outlet
  }

  /// Takes a service, in the order of the file.
  mutating func take(_ service: Service) async throws {
    waiting.insert(Waiting(service: service, order: taken))
    taken += 1
    guard let lateness else { return }
    let latest = max(latest ?? service.offered, service.offered)
    self.latest = latest
    let floor = latest.advanced(by: .zero - lateness)
    while let first = waiting.min, first.service.offered <= floor {
      try await tell(waiting.removeMin().service)
    }
  }

  /// Tells what is left.
  mutating func finish() async throws {
    while let first = waiting.popMin() { try await tell(first.service) }
    while let step = steps.popMin() { try await send(step) }
    try await sender?.flush()
  }

  private mutating func tell(_ service: Service) async throws {
    if service.kind == .served { overlap.add(service) }
    if sender == nil {
      sender = ServiceSender(
        outlet: outlet, manner: manner, clock: clock, origin: service.offered)
    }
    while let next = steps.min, next.timestamp <= service.offered {
      try await send(steps.removeMin())
    }
    let slot = free.popLast() ?? Int32(services.count)
    if Int(slot) < services.count {
      services[Int(slot)] = service
    } else {
      services.append(service)
    }
    let isFirst = manner.terms == .genesysCloud && seen.insert(service.agent).inserted
    let told = ServiceStep.steps(
      of: service, in: slot, order: self.told, isFirst: isFirst, manner.terms)
    // Terms may have no word for it.
    if told.isEmpty { free.append(slot) }
    for step in told { steps.insert(step) }
    self.told += 1
  }

  private mutating func send(_ step: ServiceStep) async throws {
    if step.isLast { free.append(step.slot) }
    let service = services[Int(step.slot)]
    if let due = sender?.mustWait(for: step) { try await sender?.wait(until: due) }
    sender?.add(step, of: service)
    if sender?.isFull ?? false { try await sender?.flush() }
  }
}
