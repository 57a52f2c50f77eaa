import ContactCenter
import ContactModel
import PatchbayCore
import PatchbayJSON
import Testing

/// What counts as a mismatch, and what as something else.
struct StateMachineCorrelatorTests {
  private static let states = [
    "a": AgentState.available, "b": AgentState.busy, "c": AgentState.connected,
    "d": AgentState.disconnected, "w": AgentState.wrapping,
  ]

  /// Steps are written `agent interaction state`, `-` for an id that is missing, with `!` behind for
  /// an event that failed, a number behind `@` for its second and one behind `#` for its id.
  private func findings(_ steps: [String]) async throws -> Findings {
    var steps = steps.map { $0.split(separator: " ").map(String.init) }[...]
    var observed = try await ObservedSteps()
    while let parts = steps.popFirst() {
      var step = ObservedSteps.Step(
        agent: parts[0] == "-" ? nil : parts[0], interaction: parts[1] == "-" ? nil : parts[1],
        state: Self.states[parts[2]])
      for mark in parts.dropFirst(3) {
        switch mark.first {
        case "!": step.kind = .failed
        case "@": step.second = Int(mark.dropFirst())
        default: step.sequence = mark
        }
      }
      observed.observe(step)
    }
    let forbidden = observed.observations.count {
      if case .found(let findings, _) = $0 { findings.contains(.mismatch) } else { false }
    }
    #expect(observed.findings["mismatches"] == Double(forbidden))
    return observed.findings
  }

  @Test func `a legal walk of two interactions has no mismatch`() async throws {
    let found = try await findings([
      "x 1 a", "x 1 b", "x 1 c", "x 1 d", "x 1 w", "x 1 a", "x 2 a", "x 2 b", "x 2 c",
    ])
    #expect(found["mismatches"] == 0)
    // The start of the first and of the second interaction are no transitions.
    #expect(found["transitions"] == 7)
    #expect(found["unfinished"] == 1)
  }

  @Test func `a step that agent and interaction both forbid is one mismatch`() async throws {
    let found = try await findings(["x 1 a", "x 1 c", "x 1 d"])
    #expect(found["mismatches"] == 1)
    #expect(
      found.tables.first?.rows == [
        ["routing/agent/available", "interaction/media/connected", "1"]
      ])
  }

  @Test func `the agent's own sequence counts across interactions`() async throws {
    let found = try await findings(["x 1 a", "x 1 b", "x 1 c", "x 2 b"])
    #expect(
      found.tables.first?.rows == [["interaction/media/connected", "routing/agent/busy", "1"]])
  }

  @Test func `the interaction's sequence counts across agents`() async throws {
    let found = try await findings(["x 1 b", "y 1 d"])
    #expect(
      found.tables.first?.rows == [["routing/agent/busy", "interaction/media/disconnected", "1"]])
  }

  @Test func `a transition across a failed event is unverified`() async throws {
    let found = try await findings(["x 1 a", "x 1 b !", "x 1 c", "x 1 d"])
    #expect(found["unverified"] == 1)
    #expect(found["mismatches"] == 0)
    #expect(found["transitions"] == 1)
  }

  @Test func `a repeated sequence id is a duplicate and nothing else`() async throws {
    let found = try await findings(["x 1 a #1", "x 1 b #2", "x 1 b #2", "x 1 c #3"])
    #expect(found["duplicates"] == 1)
    #expect(found["mismatches"] == 0)
  }

  @Test func `an earlier timestamp of the same agent is out of order`() async throws {
    let found = try await findings(["x 1 a @10", "x 1 b @9", "y 2 a @1"])
    #expect(found["out_of_order"] == 1)
  }

  @Test func `staying in a state is a mismatch within an interaction`() async throws {
    let found = try await findings(["x 1 a", "x 1 b", "x 1 b"])
    #expect(found.tables.first?.rows == [["routing/agent/busy", "routing/agent/busy", "1"]])
  }

  @Test func `a machine of one's own is followed`() async throws {
    var observed = try await ObservedSteps([
      "machine": [
        "custom": [
          "final": ["idle"],
          "transitions": [
            ["from": "idle", "to": ["ringing"]], ["from": "ringing", "to": ["idle", "talking"]],
            ["from": "talking", "to": ["idle"]],
          ],
        ]
      ]
    ])
    observed.walk(["idle", "ringing", "talking", "idle", "talking"])
    #expect(observed.observations == [.pass, .pass, .pass, .pass, .found(.mismatch, from: "idle")])
    #expect(observed.mismatches == ["idle > talking: 1"])
  }

  // MARK: Missing ids

  @Test func `agents without an interaction have nothing in common`() async throws {
    let found = try await findings(["x - a", "x - b", "x - c", "y - a"])
    #expect(found["mismatches"] == 0)
    #expect(found["transitions"] == 2)
    #expect(found["unfinished"] == 0)
  }

  @Test func `an event without an interaction is compared with its agent alone`() async throws {
    let found = try await findings(["x 1 a", "x - c", "y 1 b", "x - d"])
    #expect(
      found.tables.first?.rows == [["routing/agent/available", "interaction/media/connected", "1"]])
    #expect(found["transitions"] == 3)
  }

  @Test func `an event without an agent is compared with its interaction alone`() async throws {
    let found = try await findings(["- 1 b", "- 2 d", "- 1 d"])
    #expect(
      found.tables.first?.rows == [["routing/agent/busy", "interaction/media/disconnected", "1"]])
    #expect(found["transitions"] == 1)
  }

  @Test func `an event without either is compared with nothing`() async throws {
    let found = try await findings(["- - a", "- - c", "- - d !", "x 1 a", "x 1 b"])
    #expect(found["mismatches"] == 0)
    #expect(found["transitions"] == 1)
    #expect(found["unverified"] == 0)
  }

  @Test func `an empty id is a missing one`() async throws {
    var observed = try await ObservedSteps()
    observed.walk([AgentState.available, AgentState.busy], agent: "x", interaction: "")
    observed.walk([AgentState.wrapping], agent: "y", interaction: "")
    observed.walk([AgentState.connected], agent: "", interaction: "")
    #expect(observed.findings["mismatches"] == 0)
    #expect(observed.correlator.agentStates == ["x": AgentState.busy, "y": AgentState.wrapping])
    #expect(observed.correlator.openInteractionStates == [:])
  }

  @Test func `a part needs both ids, a presence an agent`() async throws {
    var observed = try await ObservedSteps(["machine": "genesys-cloud"])
    let states = [PlatformState.alerting, PlatformState.wrappedUp]
    observed.walk(states, interaction: nil)
    observed.walk(states, agent: nil)
    observed.walk([RoutingStatus.offQueue.state, RoutingStatus.communicating.state], agent: nil)
    #expect(observed.findings["transitions"] == 0)
    observed.walk([RoutingStatus.offQueue.state, RoutingStatus.communicating.state])
    #expect(observed.mismatches == ["routing/off_queue > routing/communicating: 1"])
  }

  @Test func `opened again, it starts afresh`() async throws {
    var observed = try await ObservedSteps()
    observed.walk([AgentState.available, AgentState.connected])
    try await observed.correlator.open(.sample(SymbolTable()))
    #expect(observed.findings["mismatches"] == 0)
    #expect(observed.correlator.agentStates == [:])
  }
}
