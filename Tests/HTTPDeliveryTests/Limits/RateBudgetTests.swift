import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Synchronization
import Testing

/// A limit that several processes share is used by lease.
@Suite(.timeLimit(.minutes(5)))
struct RateBudgetTests {
  /// Has so many requests in each ten seconds, and gives them out by tens.
  private final class Bucket: RateBudget {
    private struct State {
      var start = LimitedScenario.start
      var left: Int
      var leases = 0
    }

    private let state: Mutex<State>
    private let size: Int
    private let clock: any PipelineClock

    init(_ size: Int, _ clock: any PipelineClock) {
      self.size = size
      self.clock = clock
      state = Mutex(State(left: size))
    }

    var leases: Int { state.withLock { $0.leases } }

    func lease(under limit: GovernedLimit?) async throws -> RateLease {
      let now = clock.now
      return state.withLock { state in
        if now >= state.start.advanced(by: .seconds(10)) {
          state.start = now
          state.left = size
        }
        let taken = min(10, state.left)
        state.left -= taken
        state.leases += 1
        return RateLease(requests: taken, until: state.start.advanced(by: .seconds(10)))
      }
    }
  }

  private struct Gone: Error, CustomStringConvertible {
    var description: String { "the bucket can't be reached" }
  }

  private struct NoBucket: RateBudget {
    func lease(under limit: GovernedLimit?) async throws -> RateLease { throw Gone() }
  }

  private func send(
    _ count: Int, by governors: [RateGovernor], _ clock: VirtualClock, _ server: LimitedServer
  ) async -> [Exchange] {
    let network = server.network
    clock.hold()
    defer { clock.release() }
    return await withTaskGroup(of: [Exchange].self) { group in
      for governor in governors {
        let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(300))
        let sender = RequestSender(
          client: network, context: .forTests(clock: clock), policy: RetryPolicy(), gate: gate)
        let turns = Turns(count)
        for task in 0..<4 {
          group.addTask(on: clock) {
            var exchanges: [Exchange] = []
            while turns.next() {
              exchanges.append(await sender.send(SenderScenario.request, key: UInt64(task)))
            }
            return exchanges
          }
        }
      }
      var all: [Exchange] = []
      while let exchanges = await group.next(on: clock) { all += exchanges }
      return all
    }
  }

  @Test func `two governors send no more than they have leases for`() async {
    let clock = VirtualClock(start: LimitedScenario.start)
    let server = LimitedServer(1_000, clock: clock, latency: { _ in .milliseconds(2) })
    let bucket = Bucket(45, clock)
    let governors = [
      RateGovernor(clock: clock, budget: bucket), RateGovernor(clock: clock, budget: bucket),
    ]
    let exchanges = await send(90, by: governors, clock, server)
    #expect(exchanges.count == 180)
    for tens in 0..<4 {
      let count = server.entries.filter {
        Int($0.time.since(LimitedScenario.start) / .seconds(10)) == tens
      }.count
      #expect(count == 45)
    }
    #expect(bucket.leases < 40)
  }

  @Test func `a budget that can't be reached ends requests as not sent`() async {
    let clock = VirtualClock(start: LimitedScenario.start)
    let server = LimitedServer(clock: clock)
    let exchanges = await send(
      5, by: [RateGovernor(clock: clock, budget: NoBucket())], clock, server)
    #expect(server.entries.isEmpty)
    #expect(exchanges.count == 5)
    for exchange in exchanges {
      #expect(exchange.explanation().reason == "the bucket can't be reached")
    }
  }
}
