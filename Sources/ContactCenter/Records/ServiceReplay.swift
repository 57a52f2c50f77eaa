import HeapModule
import PatchbayCore

/// Emits the events of services in the order of their times, each at its time.
///
/// Services may come a little out of order: each is told once it is sure that none that comes later begins before it.
struct ServiceReplay: ~Copyable {
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

  /// A service that is being told.
  private struct Told {
    let service: Service
    /// The number of its course, and the place of the step that comes next.
    let course: Int
    let hasHolds: Bool
    var place = 0
  }

  /// When a service that is being told goes on.
  private struct Turn: Comparable {
    let time: Timestamp
    /// The service's place among all, and where it is kept.
    let order: Int
    let slot: Int

    static func < (one: Turn, other: Turn) -> Bool {
      (one.time, one.order) < (other.time, other.order)
    }

    static func == (one: Turn, other: Turn) -> Bool { one.order == other.order }
  }

  private(set) var overlap = ServiceOverlap()
  private let manner: Manner
  private let clock: any PipelineClock
  private let outlet: SourceOutlet
  /// How much earlier one may begin than one before it; nil if nobody knows.
  private let lateness: Duration?
  private var waiting = Heap<Waiting>()
  private var turns = Heap<Turn>()
  /// The services that are being told, and which places are free.
  private var told: [Told] = []
  private var free: [Int] = []
  /// The courses of those with holds, by where they are kept.
  private var coursesWithHolds: [Int: [ServiceCourse.TimedStep]] = [:]
  private var seen: Set<UUIDBits> = []
  private var sender: ServiceSender?
  private var latest: Timestamp?
  private var taken = 0
  private var begun = 0

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
    let latest = max(latest ?? service.offered, service.offered)
    self.latest = latest
    taken += 1
    // Nearly always nothing waits, and what comes is next.
    if lateness == .zero { return try await begin(service) }
    waiting.insert(Waiting(service: service, order: taken))
    guard let lateness else { return }
    let floor = latest.advanced(by: .zero - lateness)
    while let first = waiting.min, first.service.offered <= floor {
      try await begin(waiting.removeMin().service)
    }
  }

  /// Tells all that is known, and sends it.
  mutating func flush() async throws { try await finish() }

  /// Tells what is left.
  mutating func finish() async throws {
    while let first = waiting.popMin() { try await begin(first.service) }
    while let turn = turns.min { try await goOn(turn) }
    try await sender?.flush()
  }

  private mutating func begin(_ service: Service) async throws {
    if service.kind == .served { overlap.add(service) }
    while let turn = turns.min, turn.time <= service.offered { try await goOn(turn) }
    let isFirst = manner.terms == .genesysCloud && seen.insert(service.agent).inserted
    let course = ServiceCourse.number(of: service, isFirst: isFirst, manner.terms)
    begun += 1
    if ServiceCourse.all[course].isEmpty { return }
    if sender == nil {
      sender = ServiceSender(
        outlet: outlet, manner: manner, clock: clock, origin: service.offered)
    }
    let timed = ServiceCourse.withHolds(of: service, course, manner.terms)
    let told = Told(service: service, course: course, hasHolds: !timed.isEmpty)
    let slot = free.popLast() ?? self.told.count
    if slot == self.told.count {
      self.told.append(told)
    } else {
      self.told[slot] = told
    }
    if told.hasHolds { coursesWithHolds[slot] = timed }
    // Nothing that is told later comes before it.
    try await tell(slot)
    if let time = nextTime(slot) {
      turns.insert(Turn(time: time, order: begun, slot: slot))
    } else {
      free.append(slot)
    }
  }

  /// Goes on with the service that is next.
  private mutating func goOn(_ turn: Turn) async throws {
    try await tell(turn.slot)
    if let time = nextTime(turn.slot) {
      turns.replaceMin(with: Turn(time: time, order: turn.order, slot: turn.slot))
    } else {
      turns.removeMin()
      free.append(turn.slot)
    }
  }

  private func nextTime(_ slot: Int) -> Timestamp? { next(slot)?.time }

  /// A service's next step and its time; nil if there is none.
  @inline(__always)
  private func next(_ slot: Int) -> ServiceCourse.TimedStep? {
    let place = told[slot].place
    if told[slot].hasHolds {
      let steps = coursesWithHolds[slot] ?? []
      return place < steps.count ? steps[place] : nil
    }
    let steps = ServiceCourse.all[told[slot].course]
    return place < steps.count
      ? .init(step: steps[place], time: told[slot].service.time(steps[place].moment)) : nil
  }

  /// Tells the steps of a service that come in one moment.
  private mutating func tell(_ slot: Int) async throws {
    let time = nextTime(slot)
    while let next = next(slot), next.time == time {
      if let due = sender?.mustWait(for: next.time) { try await sender?.wait(until: due) }
      if sender?.add(next.step, told[slot].place, of: told[slot].service, at: next.time) ?? false {
        try await sender?.flush()
      }
      told[slot].place += 1
    }
  }
}
