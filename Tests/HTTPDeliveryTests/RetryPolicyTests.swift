import HTTPDelivery
import PatchbayCore
import PatchbayJSON
import Testing

/// Pauses double and are drawn from zero up, the same for the same key.
struct RetryPolicyTests {
  @Test func `without jitter they are 2, 4 and 8 seconds`() throws {
    let policy = try RetryPolicy(["jitter": false])
    var random = KeyedRandom(seed: 1, purpose: "test")
    let pauses = (1...3).map { policy.pause(after: $0, using: &random) }
    #expect(pauses == [.seconds(2), .seconds(4), .seconds(8)])
    #expect(policy.attempts == 4)
  }

  @Test func `with jitter they fill the interval from zero`() throws {
    let policy = try RetryPolicy([:])
    let pauses = (0..<2_000).map { key in
      var random = KeyedRandom(seed: 1, purpose: "test", UInt64(key))
      return policy.pause(after: 2, using: &random)
    }
    #expect(pauses.allSatisfy { (.zero ... .seconds(4)).contains($0) })
    let mean = pauses.reduce(.zero, +) / 2_000
    #expect((.milliseconds(1_850)...Duration.milliseconds(2_150)).contains(mean))
  }

  @Test func `a pause never overflows`() throws {
    let policy = try RetryPolicy(["base": "1h", "jitter": false])
    var random = KeyedRandom(seed: 1, purpose: "test")
    #expect(policy.pause(after: 99, using: &random) == .seconds(86_400))
  }

  @Test func `a policy that makes no sense becomes the nearest that does`() {
    let policy = RetryPolicy(
      attempts: -1, base: .seconds(Int64.max), jitter: false, longestWait: .seconds(-1))
    var random = KeyedRandom(seed: 1, purpose: "test")
    #expect(policy.attempts == 1)
    #expect(policy.longestWait == .zero)
    #expect(policy.pause(after: 0, using: &random) == .seconds(86_400))
    #expect(policy.pause(after: Int.min, using: &random) == .seconds(86_400))
  }

  @Test func `the longest wait is five minutes, and a day at most`() throws {
    #expect(try RetryPolicy([:]).longestWait == .seconds(300))
    #expect(try RetryPolicy(["longest_wait": "24h"]).longestWait == .seconds(86_400))
    for text in ["0s", "24h1s"] {
      #expect(throws: InvalidOptions.self) { try RetryPolicy(["longest_wait": .string(text)]) }
    }
  }

  @Test func `its declaration holds together`() {
    #expect(RetryPolicy.declarationProblems() == [])
  }
}
