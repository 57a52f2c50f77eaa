import ContactCenter
import ContactModel
import PatchbayCore
import PatchbayJSON
import Testing

/// States that no machine knows don't keep it from knowing its own, however many they are.
struct UnknownStateTests {
  private static let call = AgentState.all + [AgentState.available]

  @Test(arguments: [5_000, 70_000])
  func `legal calls before, between and behind unknown states have no mismatch`(
    count: Int
  ) async throws {
    try await Self.walk(among: count)
  }

  fileprivate static func walk(among count: Int) async throws {
    var observed = try await ObservedSteps()
    observed.walk(Self.call)
    for number in 0..<count {
      // Others want the thread, too.
      if number.isMultiple(of: 1_000) { await Task.yield() }
      if number == count / 2 { observed.walk(Self.call, interaction: "2") }
      observed.observe(
        .init(agent: "a-\(number)", interaction: "i-\(number)", state: "s\(number)"))
    }
    observed.walk(Self.call, interaction: "3")
    #expect(observed.findings["mismatches"] == 0)
    #expect(observed.findings["transitions"] == 15)
    #expect(observed.correlator.agentStates["x"] == AgentState.available)
  }

  @Test func `a legal call behind 5 000 event types has no mismatch`() async throws {
    var observed = try await ObservedSteps()
    for number in 0..<5_000 {
      observed.observe(
        .init(agent: "a-\(number)", interaction: "i-\(number)", state: "s", type: "t\(number)"))
    }
    observed.walk(Self.call)
    #expect(observed.findings["mismatches"] == 0)
    #expect(observed.findings["transitions"] == 5)
  }

  @Test func `a table that others have filled has room for the machine's states`() async throws {
    let symbols = SymbolTable(capacity: 1, longest: 1)
    var observed = try await ObservedSteps(symbols: symbols)
    observed.walk(Self.call)
    #expect(observed.findings["mismatches"] == 0)
    #expect(observed.findings["transitions"] == 5)
  }

  /// A machine that goes through its states in a circle.
  private static func circle(_ states: [String]) -> JSONValue {
    let transitions = states.indices.map { index -> JSONValue in
      [
        "from": .string(states[index]),
        "to": [.string(states[(index + 1) % states.count])],
      ]
    }
    return [
      "machine": ["custom": ["final": [.string(states[0])], "transitions": .array(transitions)]]
    ]
  }

  @Test func `a machine of 10 000 states of 300 bytes knows all of them`() async throws {
    let states = (0..<10_000).map { "\($0)/" + String(repeating: "s", count: 298) }
    var observed = try await ObservedSteps(Self.circle(states))
    observed.walk(states + [states[0], states[2]])
    #expect(observed.findings["transitions"] == 10_001)
    #expect(observed.mismatches == ["\(states[0]) > \(states[2]): 1"])
  }

  @Test func `a machine knows states of 300 bytes`() async throws {
    let states = (0..<3).map { String(repeating: "s", count: 299) + "\($0)" }
    var observed = try await ObservedSteps(Self.circle(states))
    observed.walk([states[0], states[1], states[0]])
    #expect(observed.mismatches == ["\(states[1]) > \(states[0]): 1"])
  }

  @Test func `unknown states are told apart by name while there is room for names`() async throws {
    var observed = try await ObservedSteps()
    observed.walk([AgentState.available, "lunch", "nap"])
    #expect(observed.mismatches == ["lunch > nap: 1", "routing/agent/available > lunch: 1"])
    #expect(observed.observations.last == .found(.mismatch, from: "lunch"))
    #expect(observed.correlator.openInteractionStates == ["1": "nap"])
    #expect(observed.findings["unfinished"] == 1)
  }

  @Test func `past that, and if they are long, they are all the same`() async throws {
    var observed = try await ObservedSteps()
    let long = String(repeating: "l", count: 257)
    observed.walk([AgentState.available, long, AgentState.busy, long + "2"])
    #expect(
      observed.mismatches == [
        "(other) > routing/agent/busy: 1", "routing/agent/available > (other): 1",
        "routing/agent/busy > (other): 1",
      ])
    #expect(observed.correlator.agentStates == ["x": "(other)"])
  }

  @Test func `an unknown state is whose its beginning says`() async throws {
    var observed = try await ObservedSteps(["machine": "genesys-cloud"])
    observed.walk([RoutingStatus.idle.state, "presence/asleep", RoutingStatus.interacting.state])
    #expect(observed.findings["mismatches"] == 0)
    #expect(observed.correlator.agentStates == ["x": "presence/asleep, routing/interacting"])
  }

  @Test func `texts that only look alike are different states`() async throws {
    var observed = try await ObservedSteps(Self.circle(["caf\u{E9}", "bar"]))
    observed.walk(["bar", "cafe\u{301}"])
    #expect(observed.findings["mismatches"] == 1)
  }
}

/// The same with a million of them; by itself, since it takes its time.
struct ManyUnknownStatesTests {
  @Test func `legal calls among a million unknown states have no mismatch`() async throws {
    try await UnknownStateTests.walk(among: 1_000_000)
  }
}
