import GenesysCloud
import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// A login that is refused for now.
@Suite(.timeLimit(.minutes(1)))
struct LoginTests {
  private func open(_ network: ScriptedNetwork, _ clock: ManualClock) async throws {
    var values = RunValues()
    values.network = network
    var connection = GenesysConnection(
      try GenesysConnection.Options([
        "region": "eu-central-1", "allow_real_platform": true, "client_id": "a",
        "client_secret": "b",
      ]))
    try await connection.open(.forTests(clock: clock, values: values))
  }

  @Test func `it ends at once when the run does`() async {
    let clock = ManualClock()
    let network = ScriptedNetwork { _ in .answer(429, ["Retry-After": "86400"]) }
    let result = await withTaskGroup(of: Result<Void, any Error>.self) { group in
      group.addTask {
        do { return .success(try await open(network, clock)) } catch { return .failure(error) }
      }
      await clock.sleepers(1)
      group.cancelAll()
      return await group.next()
    }
    #expect(throws: CancellationError.self) { try result?.get() }
    #expect(network.lines == ["POST https://login.mypurecloud.de/oauth/token"])
  }

  @Test func `it waits five minutes at most for what the host asks`() async throws {
    let clock = ManualClock()
    let network = ScriptedNetwork { [clock] _ in
      clock.now < Timestamp("2026-01-01T00:05:00Z") ?? clock.now
        ? .answer(429, ["Retry-After": "86400"]) : .answer(200, [:], ["access_token": "t"])
    }
    async let opened: Void = open(network, clock)
    await clock.sleepers(1)
    clock.advance(by: .seconds(300))
    try await opened
    #expect(network.requests.count == 2)
  }
}
