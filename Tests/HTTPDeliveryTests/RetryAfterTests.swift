import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayJSON
import Testing

/// Both forms of `Retry-After`, and what is neither.
struct RetryAfterTests {
  private let now = Timestamp("2026-01-31T09:30:00Z") ?? Timestamp(nanoseconds: 0)

  private func wait(_ headers: HTTPHeaders) -> Duration? {
    RetryAfter.wait(in: headers, now: now)
  }

  @Test func `seconds are seconds`() {
    #expect(wait(["Retry-After": "30"]) == .seconds(30))
    #expect(wait(["retry-after": "0"]) == .zero)
  }

  @Test func `a date counts from now`() {
    #expect(wait(["Retry-After": "Sat, 31 Jan 2026 09:31:30 GMT"]) == .seconds(90))
  }

  @Test func `a date counts from the response's own date where it has one`() {
    #expect(
      wait([
        "Date": "Sun, 06 Nov 1994 08:49:00 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT",
      ]) == .seconds(37))
  }

  @Test func `a date in the past means at once`() {
    #expect(wait(["Retry-After": "Fri, 30 Jan 2026 09:30:00 GMT"]) == .zero)
  }

  @Test(arguments: [
    "", "soon", "-1", "1.5", "Sat, 31 Jan 2026 09:31:30 CET", "Sat, 31 Foo 2026 09:31:30 GMT",
    "Sat, 32 Jan 2026 09:31:30 GMT", "99999999999999999999",
  ])
  func `anything else is no advice`(text: String) {
    #expect(wait(["Retry-After": text]) == nil)
  }

  @Test func `no header, no advice`() {
    #expect(wait([:]) == nil)
  }
}

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

  @Test func `its declaration holds together`() {
    #expect(RetryPolicy.declarationProblems() == [])
  }
}
