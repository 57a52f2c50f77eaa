import ContactCenter
import ContactModel
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What counts as a mismatch, and what as something else.
struct StateMachineCorrelatorTests {
  private static let states = [
    "a": AgentState.available, "b": AgentState.busy, "c": AgentState.connected,
    "d": AgentState.disconnected, "w": AgentState.wrapping,
  ]

  /// Steps are written `agent interaction state`, with `!` behind for an event that failed and a
  /// number behind `@` for its second.
  private func findings(_ steps: [String]) throws -> Findings {
    var correlator = StateMachineCorrelator(try .init([:]))
    var batch = EventBatch(symbols: SymbolTable())
    for (number, step) in steps.enumerated() {
      let parts = step.split(separator: " ").map(String.init)
      let second = step.split(separator: "@").dropFirst().first.flatMap { Int($0) } ?? number
      batch.append(
        EventFields(
          sequenceID: parts.first { $0.hasPrefix("#") } ?? "id-\(number)",
          timestamp: Timestamp(nanoseconds: Int64(second) * 1_000_000_000).description,
          interactionID: parts[1], agentID: parts[0], state: Self.states[parts[2]],
          eventType: AgentState.eventType), intended: Timestamp(nanoseconds: 0))
      let failed = parts.contains("!")
      batch.judge(number, Outcome(failed ? .failed : .accepted, attempts: 1))
    }
    var forbidden = 0
    for index in batch.indices {
      let observation = correlator.observe(
        batch[index], batch.outcome(at: index), of: batch, at: Timestamp(nanoseconds: 0))
      if case .mismatch = observation { forbidden += 1 } else { #expect(observation == .pass) }
    }
    #expect(correlator.findings()["mismatches"] == Double(forbidden))
    return correlator.findings()
  }

  @Test func `a legal walk of two interactions has no mismatch`() throws {
    let found = try findings([
      "x 1 a", "x 1 b", "x 1 c", "x 1 d", "x 1 w", "x 1 a", "x 2 a", "x 2 b", "x 2 c",
    ])
    #expect(found["mismatches"] == 0)
    // The start of the first and of the second interaction are no transitions.
    #expect(found["transitions"] == 7)
    #expect(found["unfinished"] == 1)
  }

  @Test func `a step that agent and interaction both forbid is one mismatch`() throws {
    let found = try findings(["x 1 a", "x 1 c", "x 1 d"])
    #expect(found["mismatches"] == 1)
    #expect(
      found.tables.first?.rows == [
        ["routing/agent/available", "interaction/media/connected", "1"]
      ])
  }

  @Test func `the agent's own sequence counts across interactions`() throws {
    let found = try findings(["x 1 a", "x 1 b", "x 1 c", "x 2 b"])
    #expect(
      found.tables.first?.rows == [["interaction/media/connected", "routing/agent/busy", "1"]])
  }

  @Test func `the interaction's sequence counts across agents`() throws {
    let found = try findings(["x 1 b", "y 1 d"])
    #expect(
      found.tables.first?.rows == [["routing/agent/busy", "interaction/media/disconnected", "1"]])
  }

  @Test func `a transition across a failed event is unverified`() throws {
    let found = try findings(["x 1 a", "x 1 b !", "x 1 c", "x 1 d"])
    #expect(found["unverified"] == 1)
    #expect(found["mismatches"] == 0)
    #expect(found["transitions"] == 1)
  }

  @Test func `a repeated sequence id is a duplicate and nothing else`() throws {
    let found = try findings(["x 1 a #1", "x 1 b #2", "x 1 b #2", "x 1 c #3"])
    #expect(found["duplicates"] == 1)
    #expect(found["mismatches"] == 0)
  }

  @Test func `an earlier timestamp of the same agent is out of order`() throws {
    let found = try findings(["x 1 a @10", "x 1 b @9", "y 2 a @1"])
    #expect(found["out_of_order"] == 1)
  }

  @Test func `staying in a state is a mismatch within an interaction`() throws {
    let found = try findings(["x 1 a", "x 1 b", "x 1 b"])
    #expect(found.tables.first?.rows == [["routing/agent/busy", "routing/agent/busy", "1"]])
  }

  @Test func `a machine of one's own is followed`() throws {
    var correlator = StateMachineCorrelator(
      try .init([
        "machine": [
          "custom": [
            "final": ["idle"],
            "transitions": [
              ["from": "idle", "to": ["ringing"]], ["from": "ringing", "to": ["idle", "talking"]],
              ["from": "talking", "to": ["idle"]],
            ],
          ]
        ]
      ]))
    var batch = EventBatch(symbols: SymbolTable())
    var observations: [Observation] = []
    for (number, state) in ["idle", "ringing", "talking", "idle", "talking"].enumerated() {
      batch.append(
        EventFields(
          sequenceID: "\(number)", interactionID: "i", agentID: "x", state: state,
          eventType: "any"), intended: Timestamp(nanoseconds: 0))
      observations.append(
        correlator.observe(batch[number], Outcome(), of: batch, at: Timestamp(nanoseconds: 0)))
    }
    #expect(observations == [.pass, .pass, .pass, .pass, .mismatch(from: "idle")])
    #expect(correlator.findings().tables.first?.rows == [["idle", "talking", "1"]])
  }
}
