import ContactCenter
import ContactModel
import PatchbayCore
import PatchbayJSON
import Testing

/// Nothing that a correlator remembers grows for ever.
struct BoundTests {
  @Test func `the agent that was seen least recently is forgotten`() async throws {
    var observed = try await ObservedSteps(["tracked": 2])
    for agent in ["x", "y", "x", "z"] {
      observed.walk([AgentState.available], agent: agent, interaction: nil)
    }
    #expect(Set(observed.correlator.agentStates.keys) == ["x", "z"])
    #expect(observed.findings["forgotten"] == 1)
    // To start anew is no transition.
    let before = observed.findings["transitions"]
    observed.walk([AgentState.wrapping], agent: "y", interaction: nil)
    #expect(observed.findings["transitions"] == before)
    #expect(observed.findings["forgotten"] == 2)
  }

  @Test func `open interactions are forgotten by the same rule, finished ones take no room`()
    async throws
  {
    var observed = try await ObservedSteps(["tracked": 2])
    observed.walk([AgentState.wrapping, AgentState.available], agent: nil, interaction: "done")
    for interaction in ["1", "2", "1"] {
      observed.walk([AgentState.busy], agent: nil, interaction: interaction)
    }
    #expect(observed.findings["forgotten"] == 0)
    observed.walk([AgentState.busy], agent: nil, interaction: "3")
    #expect(Set(observed.correlator.openInteractionStates.keys) == ["1", "3"])
    #expect(observed.findings["forgotten"] == 1)
    #expect(observed.findings["unfinished"] == 2)
  }

  @Test func `parts are forgotten by the same rule`() async throws {
    var observed = try await ObservedSteps(["machine": "genesys-cloud", "tracked": 2])
    for interaction in ["1", "2", "3"] {
      observed.walk([PlatformState.alerting], interaction: interaction)
    }
    #expect(Set(observed.correlator.openInteractionStates.keys) == ["2", "3"])
    #expect(observed.findings["forgotten"] == 1)
  }

  @Test func `of interactions that have waited equally long those with the least ids are named`()
    async throws
  {
    var observed = try await ObservedSteps()
    let ids = (0..<300).map { UUIDBits(high: UInt64($0 % 7), low: UInt64($0)).description }
    for id in ids + ["a text", "0 text"] {
      observed.observe(.init(interaction: id, state: AgentState.busy, second: 1))
    }
    let named = observed.findings.events.filter { $0.kind == "unfinished" }.map(\.interactionID)
    #expect(named == Array((ids + ["a text", "0 text"]).sorted().prefix(100)))
    #expect(observed.findings["unfinished"] == 302)
  }

  @Test func `an event that failed counts as seen`() async throws {
    var observed = try await ObservedSteps(["tracked": 2])
    observed.walk([AgentState.available], agent: "x", interaction: nil)
    observed.walk([AgentState.available], agent: "y", interaction: nil)
    observed.observe(.init(agent: "x", state: AgentState.busy, kind: .failed))
    observed.walk([AgentState.available], agent: "z", interaction: nil)
    #expect(Set(observed.correlator.agentStates.keys) == ["x", "z"])
  }

  @Test func `mismatches past 10 000 kinds are one row`() async throws {
    var observed = try await ObservedSteps()
    // Pairs of 120 unknown states, each another one: 119 of them, 119 times.
    let states = (0..<120).map { "s\($0)" }
    for step in 1..<120 {
      observed.walk(
        (0..<120).map { states[$0 * step % 120] }, agent: "a\(step)", interaction: nil)
    }
    let rows = try #require(observed.findings.tables.first).rows
    #expect(rows.count <= 10_001)
    let counted = rows.reduce(0) { $0 + (Int($1[2]) ?? 0) }
    #expect(Double(counted) == observed.findings["mismatches"])
  }

  @Test(arguments: [
    (0, "tracked: must be from 1 to 100000000, found the number 0"),
    (100_000_001, "tracked: must be from 1 to 100000000, found the number 100000001"),
  ])
  func `the bound has bounds`(tracked: Int, message: String) throws {
    let error = #expect(throws: InvalidOptions.self) {
      try StateMachineCorrelator.Options(["tracked": .integer(tracked)])
    }
    #expect(error?.description == message)
  }
}
