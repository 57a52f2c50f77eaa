import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Synchronization

/// A server that lets so many requests through in a window, which opens with the first request after the
/// last one's end.
final class LimitedServer: Sendable {
  /// How it tells of its limit.
  enum Telling {
    /// By the platform's fields, in every answer.
    case fields
    /// By 429 with `Retry-After` alone.
    case refusals
  }

  /// One request that was answered.
  struct Entry {
    let path: String
    let time: Timestamp
    let status: Int
    let window: Int
  }

  private struct State {
    var start = Timestamp(nanoseconds: .min)
    var window = 0
    var count = 0
    var entries: [Entry] = []
  }

  private let state = Mutex(State())
  private let allowed: Int
  private let length: Duration
  private let telling: Telling
  private let latency: @Sendable (Int) -> Duration
  private let clock: any PipelineClock

  /// - Parameter latency: how long the answer to a request of this number takes.
  init(
    _ allowed: Int = 300, in length: Duration = .seconds(60), telling: Telling = .fields,
    foreign: Int = 0,
    clock: any PipelineClock, latency: @escaping @Sendable (Int) -> Duration = { _ in .zero }
  ) {
    self.allowed = allowed
    self.length = length
    self.telling = telling
    self.foreign = foreign
    self.latency = latency
    self.clock = clock
  }

  var network: ScriptedNetwork {
    ScriptedNetwork { [self] request in
      let (answer, number) = answer(request)
      let wait = latency(number)
      if wait > .zero { try? await clock.sleep(for: wait) }
      return answer
    }
  }

  var entries: [Entry] { state.withLock { $0.entries } }
  var refusals: [Entry] { entries.filter { $0.status == 429 } }

  /// How many requests others send by the same token behind the fiftieth.
  private let foreign: Int

  private func answer(_ request: HTTPRequest) -> (HTTPResponse, Int) {
    let now = clock.now
    return state.withLock { state in
      if now >= state.start.advanced(by: length) {
        state.start = now
        state.window += 1
        state.count = 0
      }
      let rest = state.start.advanced(by: length).since(now)
      let seconds = Int((rest / .seconds(1)).rounded(.up))
      let passes = state.count < allowed
      if passes { state.count += 1 }
      if state.entries.count == 50 { state.count += foreign }
      let status = passes ? 200 : 429
      var headers: HTTPHeaders = passes ? [:] : ["Retry-After": "\(seconds)"]
      if telling == .fields {
        headers.append("inin-ratelimit-count", "\(state.count)")
        headers.append("inin-ratelimit-allowed", "\(allowed)")
        headers.append("inin-ratelimit-reset", "\(max(1, seconds))")
      }
      let path = String(request.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" })
      state.entries.append(Entry(path: path, time: now, status: status, window: state.window))
      return (.answer(status, headers), state.entries.count)
    }
  }
}

/// Stages that send to one server through one governor, on the virtual clock.
struct LimitedScenario: Sendable {
  static let start = Timestamp(nanoseconds: 0)

  let clock: VirtualClock
  let server: LimitedServer
  let governor: RateGovernor

  init(
    _ allowed: Int = 300, in length: Duration = .seconds(60),
    telling: LimitedServer.Telling = .fields, foreign: Int = 0, rate: Rate? = nil,
    latency: @escaping @Sendable (Int) -> Duration = { _ in .zero }
  ) {
    clock = VirtualClock(start: Self.start)
    server = LimitedServer(
      allowed, in: length, telling: telling, foreign: foreign, clock: clock,
      latency: latency)
    governor = RateGovernor(clock: clock, rate: rate)
  }

  /// A stage: it sends `count` requests by so many tasks.
  struct Stage: Sendable {
    let path: String
    let count: Int
    let tasks: Int
    /// What each task waits between two requests.
    var pause = Duration.zero
  }

  /// Lets stages send until all are through; what waited at each one's gate.
  @discardableResult
  func run(_ stages: Stage..., limit: Duration? = nil) async -> [RateWaits] {
    let gates = stages.map { _ in
      governor.gate(for: .forTests(clock: clock), longestWait: .seconds(300))
    }
    // On a thread of its own: thousands of waits are as many turns behind the other tests.
    await withTaskExecutorPreference(SerialTaskExecutor()) {
      await send(stages, through: gates, limit)
    }
    return gates.map(\.waits)
  }

  private func send(
    _ stages: [Stage], through gates: [StageGate], _ limit: Duration?
  ) async {
    let network = server.network
    clock.hold()
    await withTaskGroup(of: Bool.self) { group in
      for (stage, gate) in zip(stages, gates) {
        let sender = RequestSender(
          client: network, context: .forTests(clock: clock), policy: RetryPolicy(jitter: false),
          gate: gate)
        let turns = Turns(stage.count)
        for task in 0..<stage.tasks {
          group.addTask(on: clock) {
            while !Task.isCancelled, turns.next() {
              _ = await sender.send(
                HTTPRequest(url: "https://a.example/\(stage.path)"), key: UInt64(task))
              if stage.pause > .zero { try? await clock.sleep(for: stage.pause) }
            }
            return false
          }
        }
      }
      if let limit {
        group.addTask(on: clock) {
          try? await clock.sleep(for: limit)
          return true
        }
      }
      while let isTimer = await group.next(on: clock), !isTimer {}
      await group.cancelRest(on: clock)
    }
    clock.release()
  }
}

/// Hands out a number of turns to several tasks.
final class Turns: Sendable {
  private let left: Mutex<Int>

  init(_ count: Int) { left = Mutex(count) }

  func next() -> Bool {
    left.withLock { left in
      left -= 1
      return left >= 0
    }
  }
}
