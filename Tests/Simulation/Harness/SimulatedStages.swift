import PatchbayCore
import PatchbayTesting
import Synchronization

/// Emits numbered events, some of them no event; the same each time, or each from a queue that gives it once.
struct SimulatedSource: Source {
  static let type = "simulated"
  static let doc = "Emits a simulation's events."
  var repeatsItself: Bool { true }
  var draws: Draws

  var reach: StageReach { .context }

  init(_ draws: Draws) { self.draws = draws }
  init(_ options: NoOptions) { draws = Draws(seed: 0) }

  mutating func run(emitting outlet: SourceOutlet) async throws {
    for number in 0..<draws.count {
      try await draws.pause("source", number)
      if number % 17 == 5 {
        try await outlet.reject(
          EventFields(sequenceID: "test-\(number)"), code: "row.malformed", reason: "no event")
      } else {
        try await outlet.emit(.sample(number, agent: number % draws.agents))
      }
    }
  }
}

/// Emits what a queue gives, and acknowledges it once it is delivered.
struct SimulatedQueue: Source {
  static let type = "simulated-queue"
  static let doc = "Emits what a simulation's queue gives."
  var draws: Draws
  let world: World

  var reach: StageReach { .context }

  init(_ draws: Draws, _ world: World) { (self.draws, self.world) = (draws, world) }
  init(_ options: NoOptions) { (draws, world) = (Draws(seed: 0), World()) }

  mutating func run(emitting outlet: SourceOutlet) async throws {
    while let number = world.take(of: draws.count) {
      try await draws.pause("source", number)
      let receipt = try await outlet.emit(.sample(number, agent: number % draws.agents))
      receipt.whenSettled { [world] settlements in
        if settlements == [.delivered] { world.acknowledge("test-\(number)") }
      }
    }
  }
}

/// Turns each eleventh event away, by counting: what it has seen before matters.
struct SimulatedValidator: Validator {
  static let type = "simulated"
  static let doc = "Turns each eleventh event away."
  private var seen = 0

  var reach: StageReach { .context }

  init() {}
  init(_ options: NoOptions) {}

  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
    seen += 1
    return seen % 11 == 0 ? .reject(code: "eleventh", reason: "it is number \(seen)") : .accept
  }
}

/// Sends events to the target, which takes one event once for each key.
struct SimulatedInjector: Injector {
  static let type = "simulated"
  static let doc = "Sends events to a simulation's target."
  var draws: Draws
  let world: World
  private var key = ""

  var reach: StageReach { .context }

  init(_ draws: Draws, _ world: World) { (self.draws, self.world) = (draws, world) }
  init(_ options: NoOptions) { (draws, world) = (Draws(seed: 0), World()) }

  mutating func open(_ context: StageContext) async throws { key = context.runKey.description }

  var capacity: InjectorCapacity {
    InjectorCapacity(calls: draws.calls, eventsPerCall: draws.eventsPerCall)
  }

  func inject(_ batch: inout EventBatch) async {
    for index in batch.indices {
      let id = batch.sequenceID(of: batch[index])
      let number = Int(id.dropFirst("test-".count)) ?? 0
      try? await draws.pause("request", number)
      let sendings = world.apply(id, key: key)
      try? await draws.pause("answer", number)
      // Always the same ones are refused.
      if number % 7 == 3 {
        batch.judge(
          index, Outcome(.failed, status: 409, attempts: 1), code: "target.refused",
          reason: "it is number \(number)")
      } else if number % 5 == 2, sendings < 2 {
        // What is sent again gets another answer.
        batch.judge(
          index, Outcome(.unknown, attempts: 1), code: "http.no_answer", reason: "nobody answers")
      } else {
        batch.judge(index, Outcome(.accepted, status: 202, attempts: 1))
      }
    }
  }
}

/// Hands events to the far system, which often doesn't take them.
struct SimulatedFarSink: WindowedSink {
  static let type = "simulated-far"
  static let doc = "Hands events to a simulation's far system."
  var draws: Draws
  let world: World
  let isFlaky: Bool
  private let writes = Counter()

  var reach: StageReach { .context }
  var window: Int { draws.window }

  init(_ draws: Draws, _ world: World, isFlaky: Bool) {
    (self.draws, self.world, self.isFlaky) = (draws, world, isFlaky)
  }
  init(_ options: NoOptions) { (draws, world, isFlaky) = (Draws(seed: 0), World(), false) }

  mutating func beginWrite(_ batch: borrowing EventBatch) async throws -> PendingWrite {
    let ids = batch.indices.map { [batch = copy batch] in batch.sequenceID(of: batch[$0]) }
    let number = writes.next()
    let chance = isFlaky ? draws.draw("far", number) % 8 : 7
    return PendingWrite { [draws, world] in
      try await draws.pause("far", number)
      switch chance {
      case 0, 1: throw PipelineError("nobody there")
      case 2: throw DeliveryError(rejected: "it is broken")
      case 3:
        let left = ids.indices.filter { $0 % 2 == 1 }
        world.takeFar(ids.indices.filter { $0 % 2 == 0 }.map { ids[$0] })
        return WriteResult(undelivered: left, problem: "not those")
      default:
        world.takeFar(ids)
        return .all
      }
    }
  }
}

/// Counts from 1.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
