import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct OptionsTests {
  @Test func `the declaration has no problems`() {
    #expect(SandboxOptions.declarationProblems() == [])
    #expect(SandboxFaults.declarationProblems() == [])
  }

  @Test func `the defaults are the platform's where there are any`() throws {
    let options = try SandboxOptions([:])
    #expect(options.tokenLifetime == .seconds(86_400))
    #expect(options.bodyLimit == .bytes(512_000))
    #expect(
      options.permissions == [
        "interactions:read", "analytics:query", "routing:routingstatus:inject",
        "presence:userPresence:inject", "conversation:conversation:inject",
        "routing:customKpiAttribution:inject", "conversation:communication:view",
        "conversation:participant:wrapup", "conversation:call:record",
        "conversation:communication:disconnect", "analytics:agentState:view",
        "analytics:userDetail:view", "analytics:conversationDetail:view",
        "analytics:conversationAggregate:view", "analytics:queueObservation:view",
        "routing:queue:view", "routing:queue:add", "routing:queue:join",
        "routing:queueMember:manage", "routing:wrapupCode:view",
        "conversation:communication:blindTransfer",
        "conversation:communication:blindTransferAgent",
        "conversation:communication:blindTransferQueue",
        "conversation:communication:consultTransfer", "conversation:callback:create",
        "authorization:role:view",
      ])
    #expect(options.clientID == "sandbox")
    #expect(options.clientSecret.reveal() == "sandbox")
    #expect(options.rateLimit == .rate(.perMinute(300)))
    #expect(options.port == 0)
    #expect(options.faults.retryAfter == nil)
  }

  @Test func `fractions add up to one at most`() throws {
    _ = try SandboxOptions(
      ["faults": ["rate_limited": 0.1, "server_error": 0.2, "unavailable": 0.3, "dropped": 0.4]])
    #expect(
      Self.issues(["faults": ["rate_limited": 0.5, "dropped": 0.51]]) == [
        "faults.rate_limited: the fractions of all faults add up to more than 1; "
          + "lower some of them"
      ])
  }

  @Test func `values out of range are refused`() {
    #expect(
      Self.issues([
        "faults": ["dropped": 1.5], "token_lifetime": "0s", "client_id": "a:b", "port": 65_536,
        "body_limit": "0B",
      ]) == [
        "faults.dropped: must be from 0 to 1, found the number 1.5",
        "token_lifetime: must be at least 1s, found \"0s\"",
        "client_id: must be without a colon, found \"a:b\"",
        "body_limit: must be from 1B to 16MiB, found \"0B\"",
        "port: must be from 0 to 65535, found the number 65536",
      ])
  }

  private static func issues(_ json: JSONValue) -> [String] {
    SandboxOptions.decode(JSONNode(json), at: OptionPath()).issues.map(\.text)
  }
}
