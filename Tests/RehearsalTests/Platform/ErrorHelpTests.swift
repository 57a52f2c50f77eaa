import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Reports
import Synchronization
import Testing

/// 400, 401, 403 and 429 come with their causes and cures.
struct ErrorHelpTests {
  private func config(
    sandbox: String = "{}", secret: String = "sandbox", source: String? = nil
  ) -> String {
    let source = source ?? #"{ "type": "scenario", "agents": 1, "interactions_per_agent": 1 }"#
    return #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "connections": {
          "sandbox": \#(sandbox.replacing("{", with: #"{ "type": "genesys-sandbox","#, maxReplacements: 1).replacing(",}", with: "}")),
          "genesys": {
            "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "\#(secret)"
          }
        },
        "sources": { "desk": \#(source) },
        "injectors": {
          "inject": { "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys" }
        },
        "sinks": { "console": { "type": "stdout", "inputs": ["inject", "inject.failed"] } }
      }
      """#
  }

  private func help(_ config: String, _ rehearsal: Rehearsal) async throws -> String {
    let report = try await rehearsal.run(config)
    #expect(report.events.isBalanced)
    let text = TerminalSummary(report).text
    let start = text.range(of: "\n  WHAT TO DO\n")?.upperBound
    guard let start else { return text }
    let rest = text[start...]
    return String(rest[..<(rest.range(of: "\n\n")?.lowerBound ?? rest.endIndex)])
  }

  @Test func `400`() async throws {
    var rehearsal = try Rehearsal()
    rehearsal.input = ScriptedInput([Array(#"{"sequence_id": "x"}"#.utf8)])
    #expect(
      try await help(config(source: #"{ "type": "stdin" }"#), rehearsal) == """
            HTTP 400 - the platform could not use the event.
              Causes: a malformed sequence_id; a required field is missing; an unknown state.
              Cures: validate before sending (validator "interaction-event"); write UUIDs in lower \
        case; write states exactly as in the taxonomy.
        """)
    #expect(
      rehearsal.console.lines.first?.hasPrefix("Injection failed for sequence x: HTTP 400: ")
        == true)
  }

  @Test func `401`() async throws {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(config(secret: "wrong"))
    #expect(
      report.failures == [
        """
        connections.genesys: the login was refused with HTTP 401 (invalid_client: \
        authentication failed)
        HTTP 401 - the login or its token was refused.
          Causes: the token is missing or expired; the client id or secret is wrong; the region \
        doesn't match the organisation.
          Cures: check GENESYS_CLOUD_CLIENT_ID, GENESYS_CLOUD_CLIENT_SECRET and \
        GENESYS_CLOUD_REGION, all three.
        """
      ])
    #expect(report.exitCode == .failure)
  }

  @Test func `403`() async throws {
    let rehearsal = try Rehearsal()
    #expect(
      try await help(config(sandbox: #"{ "permissions": [] }"#), rehearsal) == """
            HTTP 403 - the login is fine, but may not do this.
              Causes: the client lacks the permission interactions:read; the agent belongs to \
        another organisation.
              Cures: give the client's role that permission; check the agent's organisation.
        """)
    #expect(rehearsal.console.lines.count == 6)
  }

  @Test func `429`() async throws {
    let rehearsal = try Rehearsal()
    #expect(
      try await help(config(sandbox: #"{ "faults": { "rate_limited": 1 } }"#), rehearsal) == """
            HTTP 429 - above the rate limit.
              Causes: more requests a minute than the endpoint allows (100 to 200).
              Cures: back off exponentially; send smaller batches; pause between calls.
        """)
  }

  @Test func `an expired token is renewed before it is used, and events don't notice`()
    async throws
  {
    let rehearsal = try Rehearsal()
    let slow =
      #"{ "type": "scenario", "agents": 3, "interactions_per_agent": 20, "dwell": "60s" }"#
    let report = try await rehearsal.run(
      config(sandbox: #"{ "token_lifetime": "5m" }"#, source: slow))
    #expect(report.injection?.accepted == 360)
    #expect(report.injection?.attempts == 360)
  }

  @Test func `a 401 that nobody expected renews the token once, and the event goes on`()
    async throws
  {
    // The sandbox's clock jumps after the first event: to the client, its token dies early.
    let clock = ManualClock()
    try await Rehearsal.withSandbox(["token_lifetime": "60s"], clock: clock) { url in
      let rehearsal = try Rehearsal()
      let config = config(
        source: #"{ "type": "scenario", "interactions_per_agent": 4, "dwell": "100ms" }"#
      )
      .replacing(#""clock": "virtual""#, with: #""clock": "real""#)
      .replacing(
        #""type": "genesys-cloud","#, with: #""type": "genesys-cloud", "region": "\#(url)","#)
      let jump = FirstVerdict { clock.advance(by: .seconds(61)) }
      let report = try await rehearsal.run(config, observer: jump)
      let injection = try #require(report.injection)
      #expect(injection.accepted == 120)
      #expect(injection.attempts > 120)
    }
  }
}

/// Does something once, when the first events were judged.
private final class FirstVerdict: RunObserver {
  private let isDone = Mutex(false)
  private let action: @Sendable () -> Void

  init(_ action: @escaping @Sendable () -> Void) { self.action = action }

  func injector(_ name: String, judged batch: EventBatch) {
    let isFirst = isDone.withLock { isDone in
      defer { isDone = true }
      return !isDone
    }
    if isFirst { action() }
  }

  func sink(_ name: String, wrote positions: [Int], of batch: EventBatch) {}

  func stage(_ name: String, ended stage: any Stage) {}
}
