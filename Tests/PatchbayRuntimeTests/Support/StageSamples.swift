import PatchbayCore
import Synchronization

/// Rejects events whose number is divisible by three.
struct ThirdsValidator: Validator {
  static let type = "thirds"
  static let doc = "Rejects every third event."
  init(_ options: NoOptions) {}
  init() {}

  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
    let number = Int(batch.sequenceID(of: event).dropFirst("test-".count)) ?? 0
    return number % 3 == 0 ? .reject(code: "third", reason: "divisible by three") : .accept
  }
}

/// Calls a closure for each batch.
struct ClosureInjector: Injector {
  static let type = "closure"
  static let doc = "Calls a closure."

  typealias Body = @Sendable (inout EventBatch, any PipelineClock) async -> Void

  let capacity: InjectorCapacity
  private let body: Body
  private var clock: any PipelineClock = RealClock()

  init(_ options: NoOptions) {
    self.init(InjectorCapacity(calls: 1, eventsPerCall: 1)) { _, _ in }
  }

  init(_ capacity: InjectorCapacity, _ body: @escaping Body) {
    self.capacity = capacity
    self.body = body
  }

  mutating func open(_ context: StageContext) async throws { clock = context.clock }

  func inject(_ batch: inout EventBatch) async { await body(&batch, clock) }

  static func accepting(calls: Int = 4, events: Int = 1) -> ClosureInjector {
    ClosureInjector(InjectorCapacity(calls: calls, eventsPerCall: events)) { batch, _ in
      for index in batch.indices {
        batch.judge(index, Outcome(.accepted, status: 202, attempts: 1))
      }
    }
  }
}

/// Holds every event for a while, then lets even ones pass and absorbs odd ones.
struct HoldingCorrelator: Correlator {
  static let type = "holding"
  static let doc = "Holds events."

  private var held: [(key: HoldKey, until: Timestamp, passes: Bool)] = []
  private let delay: Duration
  private let forgets: Bool
  private let passesAll: Bool
  let mostHeld: Int

  init(_ options: NoOptions) { self.init(delay: .seconds(5)) }

  init(
    delay: Duration, forgets: Bool = false, passesAll: Bool = false, mostHeld: Int = 10_000
  ) {
    self.delay = delay
    self.passesAll = passesAll
    self.forgets = forgets
    self.mostHeld = mostHeld
  }

  mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation {
    let number = UInt64(batch.sequenceID(of: event).dropFirst("test-".count)) ?? 0
    let key = HoldKey(number)
    if !forgets { held.append((key, now.advanced(by: delay), passesAll || number % 2 == 0)) }
    return .hold(key)
  }

  var deadline: Timestamp? { held.map(\.until).min() }

  mutating func advance(to now: Timestamp) -> [Release] {
    let due = held.filter { $0.until <= now }
    held.removeAll { $0.until <= now }
    return due.map { Release($0.key, passes: $0.passes) }
  }
}

/// Judges when the end of time has come, or it is cancelled.
struct WaitingValidator: AsyncValidator {
  static let type = "waiting"
  static let doc = "Waits."
  private var clock: any PipelineClock = RealClock()

  init(_ options: NoOptions) {}
  init() {}

  mutating func open(_ context: StageContext) async throws { clock = context.clock }

  mutating func validate(_ batch: inout EventBatch) async throws {
    try await clock.sleep(until: Timestamp(nanoseconds: .max))
  }
}

/// Notes which agents are inside a call, to catch two calls that share one.
final class Overlaps: Sendable {
  private let state = Mutex<(inside: Set<EntityKey>, overlaps: Int, most: Int)>(([], 0, 0))

  func enter(_ keys: Set<EntityKey>) {
    state.withLock { state in
      if !state.inside.isDisjoint(with: keys) { state.overlaps += 1 }
      state.inside.formUnion(keys)
      state.most = max(state.most, state.inside.count)
    }
  }

  func leave(_ keys: Set<EntityKey>) { state.withLock { $0.inside.subtract(keys) } }

  var count: Int { state.withLock { $0.overlaps } }
  var most: Int { state.withLock { $0.most } }
}
