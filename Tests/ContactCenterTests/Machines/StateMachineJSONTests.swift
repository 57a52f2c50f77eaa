import ContactCenter
import PatchbayCore
import PatchbayJSON
import Testing

/// A machine is data: written and read it is the same, and a text that makes none says why.
struct StateMachineJSONTests {
  private static func read(_ text: String) throws -> StateMachine {
    try StateMachine(JSONDocument(parsing: Array(text.utf8)).root)
  }

  @Test(arguments: [
    StateMachine.agentDesktop, StateMachine.genesysCloud,
    StateMachine(final: [], transitions: [("alone", [])]),
    // States in another order than that of the transitions.
    StateMachine(
      final: ["c"], transitions: [("a", ["b", "c"]), ("c", ["d"]), ("b", ["e", "a"])],
      owners: ["a": .participant, "b": .agent]),
    StateMachine(final: ["\u{E9}"], transitions: [("\u{E9}", ["e\u{301}", "\"\n"])]),
  ])
  func `written and read it is the same`(machine: StateMachine) throws {
    #expect(try StateMachine(JSONNode(machine.json)) == machine)
    #expect(try Self.read(machine.json.text()) == machine)
  }

  @Test func `each transition is an object`() throws {
    let machine = StateMachine(
      final: ["idle"], transitions: [("idle", ["on/call"]), ("on/call", ["idle"])],
      owners: ["on": .participant])
    #expect(
      machine.json == [
        "states": ["idle", "on/call"],
        "transitions": [["from": "idle", "to": "on/call"], ["from": "on/call", "to": "idle"]],
        "final": ["idle"],
        "scopes": ["on": "participant"],
      ])
  }

  @Test func `states that occur in no transition are kept`() throws {
    let machine = try Self.read(
      #"{ "states": ["a", "b", "c"], "final": ["c"], "transitions": [{ "from": "a", "to": "b" }] }"#
    )
    #expect(machine.states == ["a", "b", "c"])
    #expect(machine.allows("a", to: "b"))
    #expect(machine.finals == [false, false, true])
    #expect(try StateMachine(JSONNode(machine.json)) == machine)
  }

  @Test(arguments: [
    (
      "[]", ["1:1: error[PB0101]: expected an object, found an array"]
    ),
    (
      #"{ "states": [], "final": [] }"#,
      ["1:13: error[PB0102]: states: must not be empty"]
    ),
    (
      "{}",
      [
        #"1:1: error[PB0103]: states: required option is missing: an array"#,
        #"1:1: error[PB0103]: final: required option is missing: an array"#,
      ]
    ),
    (
      """
      {
        "states": ["idle", "ringing", "idle"],
        "transitions": [
          { "from": "idle", "to": "rining" },
          { "from": "talking", "to": "idle" },
          { "from": "idle", "to": "ringing" },
          { "from": "idle", "to": "ringing" }
        ],
        "final": ["idle", "idle", "over"],
        "scopes": { "presence": "agent" }
      }
      """,
      [
        #"2:33: error[PB0107]: states[2]: is listed twice; leave it out here"#,
        #"4:29: error[PB0107]: transitions[0].to: "rining" is none of the states; write "ringing", or add it to "states""#,
        #"5:15: error[PB0107]: transitions[1].from: "talking" is none of the states; add it to "states""#,
        #"7:5: error[PB0107]: transitions[3]: is listed twice; leave it out here"#,
        #"9:21: error[PB0107]: final[1]: is listed twice; leave it out here"#,
        #"9:29: error[PB0107]: final[2]: "over" is none of the states; add it to "states""#,
        #"10:27: error[PB0107]: scopes.presence: no state begins with "presence/"; mend the name or leave it out"#,
      ]
    ),
    (
      """
      {
        "states": ["a", "b"], "final": ["b"], "scopes": { "a": "agents" },
        "transitions": [{ "from": "a", "to": ["b"] }, { "from": "a", "to": "b", "weight": 2 }, "b"]
      }
      """,
      [
        #"2:58: error[PB0108]: scopes.a: expected one of "agent", "participant", found "agents" (did you mean "agent"?)"#,
        #"3:40: error[PB0101]: transitions[0].to: expected a string, found an array"#,
        #"3:75: error[PB0104]: transitions[1].weight: unknown option"#,
        #"3:90: error[PB0101]: transitions[2]: expected an object, found "b""#,
      ]
    ),
  ])
  func `what makes no machine is refused with its place and a cure`(
    text: String, issues: [String]
  ) throws {
    let error = try #require(throws: InvalidOptions.self) { try Self.read(text) }
    #expect(error.issues.map(\.description) == issues)
  }
}
