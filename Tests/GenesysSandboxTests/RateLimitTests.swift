import GenesysCloud
import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct RateLimitTests {
  @Test func `a token has so many requests in a window`() async throws {
    let clock = makeClock()
    try await withSandbox(["rate_limit": "2/min"], clock: clock) { client in
      let token = try await client.token()
      try await clock.sleep(for: .seconds(100))
      let first = try await client.post([event("a")], token: token)
      #expect(first.status == 202)
      #expect(
        first.notableFields
          == [
            "inin-ratelimit-count: 1", "inin-ratelimit-allowed: 2", "inin-ratelimit-reset: 60",
          ])
      try await clock.sleep(for: .milliseconds(12_500))
      let bad = try await client.post([], token: token)
      #expect(bad.status == 400)
      #expect(
        bad.notableFields
          == [
            "inin-ratelimit-count: 2", "inin-ratelimit-allowed: 2", "inin-ratelimit-reset: 48",
          ])

      let third = try await client.post([event("b")], token: token)
      #expect(third.status == 429)
      #expect(
        third.text
          == third.expected(
            "too.many.requests",
            "Rate limit exceeded the maximum. Retry the request in [48] seconds",
            limit: [
              "key": "client.credentials.token.rate.per.minute", "namespace": "platform.api",
              "value": 2,
            ]))
      #expect(
        third.notableFields
          == [
            "retry-after: 48", "inin-ratelimit-count: 2", "inin-ratelimit-allowed: 2",
            "inin-ratelimit-reset: 48",
          ])
      #expect(try await client.state()["deliveries"] == 1)

      try await clock.sleep(for: .milliseconds(47_499))
      let early = try await client.post([event("b")], token: token)
      #expect(early.status == 429)
      #expect(early["Retry-After"] == "1")
      try await clock.sleep(for: .milliseconds(1))
      let next = try await client.post([event("b")], token: token)
      #expect(next.status == 202)
      #expect(next[PlatformHeader.rateLimitCount] == "1")
    }
  }

  @Test func `tokens have windows of their own`() async throws {
    try await withSandbox(["rate_limit": "1/s"]) { client in
      let one = try await client.token()
      let other = try await client.token()
      #expect(try await client.post([event("a")], token: one).status == 202)
      #expect(try await client.post([event("b")], token: one).status == 429)
      #expect(try await client.post([event("b")], token: other).status == 202)
    }
  }

  @Test func `requests that are not let in are not counted`() async throws {
    try await withSandbox(["rate_limit": "1/s"]) { client in
      let token = try await client.token()
      #expect(try await client.post([event("a")], token: "invented").status == 401)
      #expect(try await client.post([event("a")], token: token).status == 202)
    }
  }

  @Test func `an injected 429 keeps to the limit's numbers`() async throws {
    try await withSandbox(["rate_limit": "5/h", "faults": ["rate_limited": 1]]) { client in
      let answer = try await client.post([event("a")], token: try await client.token())
      #expect(
        answer.notableFields
          == [
            "retry-after: 1", "inin-ratelimit-count: 1", "inin-ratelimit-allowed: 5",
            "inin-ratelimit-reset: 1",
          ])
    }
  }
}
