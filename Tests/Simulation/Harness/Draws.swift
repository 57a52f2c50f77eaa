import PatchbayCore

/// What a seed decides about a simulation, apart from who goes on when and what the disk does.
struct Draws: Sendable {
  let seed: UInt64
  /// How many events there are.
  let count: Int
  let agents: Int
  let calls: Int
  let eventsPerCall: Int
  let window: Int
  let batchSize: Int
  /// Whether the events come from a queue that gives each once.
  let isQueue: Bool
  /// The run's clock; nil before there is one.
  var clock: (any PipelineClock)?

  init(seed: UInt64) {
    self.seed = seed
    var random = KeyedRandom(seed: seed, purpose: "simulation.draws")
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int(random.next() % UInt64(values.count))]
    }
    count = pick([3, 20, 60])
    agents = pick([1, 4, 20])
    calls = pick([1, 3, 8])
    eventsPerCall = pick([1, 1, 4])
    window = pick([1, 2, 6])
    batchSize = pick([1, 4, 256])
    isQueue = pick([true, false, false])
  }

  /// A number that is always the same for what is done there.
  func draw(_ place: StaticString, _ number: Int) -> UInt64 {
    var random = KeyedRandom(seed: seed, purpose: place, UInt64(number))
    return random.next()
  }

  /// Waits on the run's clock, or not.
  func pause(_ place: StaticString, _ number: Int) async throws {
    let draw = draw(place, number)
    guard draw % 3 > 0, let clock else { return }
    try await clock.sleep(for: .milliseconds(Int64(draw >> 8 % 20)))
  }
}
