import ContactCenter
import ContactModel
import Testing

/// States have numbers, and texts are looked up by their bytes.
struct StateMachineTests {
  private let machine = StateMachine(
    final: ["idle"],
    transitions: [
      ("idle", ["ringing", "away"]), ("ringing", ["talking", "idle"]), ("talking", ["idle"]),
      ("idle", ["ringing", "lost"]),
    ],
    owners: ["away": .agent])

  @Test func `states are numbered as they come`() {
    #expect(machine.states == ["idle", "ringing", "away", "talking", "lost"])
    #expect(machine.number(of: "talking") == 3)
    #expect(machine.number(of: "gone") == nil)
    #expect(machine.finals == [true, false, false, false, false])
  }

  @Test func `every pair is allowed or not, by number as by text`() {
    let allowed = [
      "idle ringing", "idle away", "idle lost", "ringing talking", "ringing idle", "talking idle",
    ]
    for (from, one) in machine.states.enumerated() {
      for (to, other) in machine.states.enumerated() {
        #expect(machine.allows(from, to: to) == allowed.contains("\(one) \(other)"))
        #expect(machine.allows(one, to: other) == machine.allows(from, to: to))
      }
    }
    #expect(!machine.allows("idle", to: "gone"))
    #expect(!machine.allows("gone", to: "idle"))
  }

  @Test func `what is declared twice counts once`() {
    #expect(machine.successors(of: 0) == [1, 2, 4])
  }

  @Test func `a state that nothing follows is over only if it is final`() {
    let ends = StateMachine(final: ["done"], transitions: [("open", ["done", "lost"])])
    #expect(ends.isOver(1))
    #expect(!ends.isOver(2))
    #expect(!machine.isOver(0))
  }

  @Test func `a state is whose its beginning says`() {
    #expect(machine.scopes[2] == .agent("away"))
    #expect(machine.scopes[0] == .agentAndInteraction)
    #expect(machine.scope(of: "away/lunch") == .agent("away"))
    #expect(StateMachine.genesysCloud.scope(of: PlatformState.wrappedUp) == .participant)
  }

  @Test func `texts that only look alike are two states`() {
    let machine = StateMachine(final: [], transitions: [("\u{E9}", ["e\u{301}"])])
    #expect(machine.states.count == 2)
    #expect(machine.allows("\u{E9}", to: "e\u{301}"))
    #expect(!machine.allows("e\u{301}", to: "\u{E9}"))
  }

  @Test func `the shortest way is found, if there is one`() {
    #expect(machine.path(from: "idle", to: "talking") == ["ringing", "talking"])
    #expect(machine.path(from: "talking", to: "lost") == ["idle", "lost"])
    #expect(machine.path(from: "idle", to: "idle") == [])
    #expect(machine.path(from: "lost", to: "idle") == nil)
    #expect(machine.path(from: "idle", to: "gone") == nil)
  }

  @Test func `the platform's machine knows every state of the platform`() {
    let machine = StateMachine.genesysCloud
    let agents = SystemPresence.allCases.map(\.state) + RoutingStatus.allCases.map(\.state)
    #expect(agents.allSatisfy { machine.number(of: $0) != nil })
    #expect(machine.states.count == agents.count + 9)
    #expect(StateMachine.agentDesktop.states == AgentState.all)
  }
}
