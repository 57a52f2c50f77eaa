import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Synchronization
import Testing

/// One token for all, fetched by one task at a time.
@Suite(.timeLimit(.minutes(1)))
struct TokenCacheTests {
  private struct Refused: Error, Equatable { let number: Int }

  /// Gives out numbered tokens, each a second after it is asked for.
  private final class Login: Sendable {
    let count = Atomic<Int>(0)
    let clock: any PipelineClock
    let refuses: Bool

    init(_ clock: any PipelineClock, refuses: Bool = false) {
      self.clock = clock
      self.refuses = refuses
    }

    var cache: TokenCache {
      TokenCache(clock: clock) { [self] in
        let number = count.add(1, ordering: .relaxed).newValue
        try await clock.sleep(for: .seconds(1))
        if refuses { throw Refused(number: number) }
        return ("token \(number)", .seconds(600))
      }
    }
  }

  @Test func `on the virtual clock all who ask share one fetch`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let login = Login(clock)
    let cache = login.cache
    let tokens = await withTaskGroup(of: String?.self) { group in
      clock.hold()
      for _ in 0..<64 { group.addTask(on: clock) { try? await cache.token() } }
      clock.release()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(tokens == Array(repeating: "token 1", count: 64))
    #expect(login.count.load(ordering: .relaxed) == 1)
    #expect(clock.now == Timestamp(nanoseconds: 1_000_000_000))
  }

  @Test func `a token is renewed before it expires`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let cache = Login(clock).cache
    try await clock.whileWorking {
      #expect(try await cache.token() == "token 1")
      try await clock.sleep(for: .seconds(539))
      #expect(try await cache.token() == "token 1")
      try await clock.sleep(for: .seconds(1))
      #expect(try await cache.token() == "token 2")
    }
  }

  @Test func `a refused token is replaced, unless it has been already`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let cache = Login(clock).cache
    try await clock.whileWorking { () async throws -> Void in
      #expect(try await cache.token() == "token 1")
      #expect(try await cache.token(replacing: "token 1") == "token 2")
      #expect(try await cache.token(replacing: "token 1") == "token 2")
    }
  }

  @Test func `one who waits takes over when the task that fetches is cancelled`() async throws {
    let clock = ParkingClock()
    let login = Login(clock)
    let cache = login.cache
    let first = Task { try await cache.token() }
    await clock.manual.sleepers(1)
    let second = Task { try await cache.token() }
    await clock.parkings(1)
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    await clock.manual.sleepers(1)
    clock.manual.advance(by: .seconds(1))
    #expect(try await second.value == "token 2")
  }

  @Test func `one who waits is let go at once when cancelled`() async throws {
    let clock = ParkingClock()
    let login = Login(clock)
    let cache = login.cache
    let first = Task { try await cache.token() }
    await clock.manual.sleepers(1)
    let second = Task { try await cache.token() }
    await clock.parkings(1)
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    clock.manual.advance(by: .seconds(1))
    #expect(try await first.value == "token 1")
  }

  @Test func `a refusal goes to all who waited for it, and whoever comes later asks anew`()
    async throws
  {
    let clock = ParkingClock()
    let login = Login(clock, refuses: true)
    let cache = login.cache
    let first = Task { try await cache.token() }
    await clock.manual.sleepers(1)
    let others = (0..<3).map { _ in Task { try await cache.token() } }
    await clock.parkings(3)
    clock.manual.advance(by: .seconds(1))
    for task in [first] + others {
      await #expect(throws: Refused(number: 1)) { try await task.value }
    }
    let late = Task { try await cache.token() }
    await clock.manual.sleepers(1)
    clock.manual.advance(by: .seconds(1))
    await #expect(throws: Refused(number: 2)) { try await late.value }
  }

  @Test func `a server that gives out the same token again is asked once after a 401`() async {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let count = Atomic<Int>(0)
    let cache = TokenCache(clock: clock) {
      count.add(1, ordering: .relaxed)
      return ("the same", .seconds(600))
    }
    let sender = RequestSender(
      client: Replies(.answer(401), .answer(503), .answer(200)).network,
      context: .forTests(clock: clock), policy: RetryPolicy())
    let exchange = await clock.whileWorking {
      await sender.send(SenderScenario.request, key: 1, authorizedBy: cache)
    }
    #expect(exchange.kind == .accepted)
    #expect(count.load(ordering: .relaxed) == 2)
  }

  @Test func `a request gets a token, and another one after the first 401`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let login = Login(clock)
    let network = Replies(.answer(401), .answer(503), .answer(401)).network
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: RetryPolicy())
    let exchange = await clock.whileWorking {
      await sender.send(SenderScenario.request, key: 1, authorizedBy: login.cache)
    }
    #expect(exchange.status == 401)
    #expect(exchange.attempts == 3)
    #expect(
      network.requests.map { $0.headers.all("Authorization") } == [
        ["Bearer token 1"], ["Bearer token 2"], ["Bearer token 2"],
      ])
  }
}
