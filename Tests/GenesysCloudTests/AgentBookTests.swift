import ContactModel
import GenesysCloud
import PatchbayCore
import Testing

/// What an agent's events become depends on what the platform was told before.
struct AgentBookTests {
  private static let agent = UUIDBits(high: 1, low: 1)
  private static let call = UUIDBits(high: 2, low: 1)
  private static let otherCall = UUIDBits(high: 2, low: 2)

  /// A book that is told of all that it says.
  private struct Desk {
    var book: AgentBook
    private var offers: UInt64 = 0

    init(sendsAfterCallWork: Bool = true) {
      book = AgentBook(sendsAfterCallWork: sendsAfterCallWork, wrapUpCode: "code")
    }

    /// The steps of a state; nil if the book has none.
    mutating func enter(_ state: String, _ interaction: UUIDBits? = nil) -> [PlatformStep.Kind]? {
      offers += 1
      let subject = PlatformStep.Subject(
        agent: AgentBookTests.agent, interaction: interaction, time: Timestamp(nanoseconds: 0))
      let steps = book.steps(for: state, subject, offer: UUIDBits(high: 3, low: offers))
      for step in steps ?? [] { book.note(step, subject) }
      return steps?.map(\.kind)
    }
  }

  @Test func `an agent is brought on queue once`() {
    var desk = Desk()
    #expect(
      desk.enter(AgentState.available) == [.presence(.onQueue), .routingStatus(.idle)])
    #expect(desk.enter(AgentState.available) == [])
    #expect(
      desk.enter(SystemPresence.meal.state) == [.presence(.meal), .routingStatus(.offQueue)])
    #expect(
      desk.enter(AgentState.busy, Self.call)
        == [.presence(.onQueue), .routingStatus(.idle), .established(alerting: true)])
  }

  @Test func `a desktop's call is answered, ended and written up`() {
    var desk = Desk()
    _ = desk.enter(AgentState.available)
    #expect(desk.enter(AgentState.busy, Self.call) == [.established(alerting: true)])
    #expect(
      desk.enter(AgentState.connected, Self.call) == [.answered, .routingStatus(.interacting)])
    #expect(desk.enter(AgentState.disconnected, Self.call) == [.ended("Peer")])
    #expect(desk.enter(AgentState.wrapping, Self.call) == [])
    #expect(
      desk.enter(AgentState.available, Self.call)
        == [.wrappedUp(code: "code"), .routingStatus(.idle)])
  }

  @Test func `an offer that is turned down leaves the agent idle`() {
    var desk = Desk()
    _ = desk.enter(AgentState.available)
    _ = desk.enter(AgentState.busy, Self.call)
    #expect(
      desk.enter(AgentState.available, Self.call)
        == [.ended("Self"), .routingStatus(.notResponding), .routingStatus(.idle)])
  }

  @Test func `an agent becomes idle when the last of two interactions is written up`() {
    var desk = Desk()
    _ = desk.enter(SystemPresence.onQueue.state)
    for call in [Self.call, Self.otherCall] {
      _ = desk.enter(PlatformState.alerting, call)
      _ = desk.enter(PlatformState.connected, call)
      _ = desk.enter(PlatformState.disconnected, call)
    }
    #expect(desk.enter(PlatformState.wrappedUp, Self.call) == [.wrappedUp(code: "code")])
    #expect(
      desk.enter(PlatformState.wrapUpSkipped, Self.otherCall)
        == [.wrappedUp(code: nil), .routingStatus(.idle)])
  }

  @Test func `an interaction without after-call work promises none`() {
    var desk = Desk(sendsAfterCallWork: false)
    _ = desk.enter(SystemPresence.onQueue.state)
    _ = desk.enter(PlatformState.connected, Self.call)
    #expect(
      desk.enter(PlatformState.transferred, Self.call)
        == [.ended("Transfer"), .routingStatus(.idle)])
  }

  @Test func `a step is about the interaction's own communication`() throws {
    var book = AgentBook(sendsAfterCallWork: true, wrapUpCode: "code")
    let subject = PlatformStep.Subject(
      agent: Self.agent, interaction: Self.call, time: Timestamp(nanoseconds: 0))
    let (first, second) = (UUIDBits(high: 3, low: 1), UUIDBits(high: 3, low: 2))
    let offer = try #require(book.steps(for: PlatformState.alerting, subject, offer: first))
    #expect(offer == [PlatformStep(kind: .established(alerting: true), communication: first)])
    for step in offer { book.note(step, subject) }
    #expect(
      book.steps(for: PlatformState.held, subject, offer: second)
        == [PlatformStep(kind: .held(true), communication: first)])
    #expect(
      book.steps(for: PlatformState.alerting, subject, offer: second)
        == [PlatformStep(kind: .established(alerting: true), communication: second)])
  }

  @Test func `what isn't noted has no effect on what follows`() {
    let book = AgentBook(sendsAfterCallWork: true, wrapUpCode: "code")
    let subject = PlatformStep.Subject(
      agent: Self.agent, interaction: nil, time: Timestamp(nanoseconds: 0))
    let offer = UUIDBits(high: 3, low: 1)
    let steps = book.steps(for: AgentState.available, subject, offer: offer)
    #expect(book.steps(for: AgentState.available, subject, offer: offer) == steps)
  }

  @Test(arguments: ["presence/asleep", "presence", "participant/", "routing/agent/bsy", ""])
  func `there are no words for an unknown state`(state: String) {
    var desk = Desk()
    #expect(desk.enter(state, Self.call) == nil)
  }

  @Test func `there are words for every state that there is`() {
    let states =
      AgentState.all + SystemPresence.allCases.map(\.state) + RoutingStatus.allCases.map(\.state)
      + [
        PlatformState.alerting, PlatformState.connected, PlatformState.held,
        PlatformState.disconnected, PlatformState.terminated, PlatformState.transferred,
        PlatformState.notResponding, PlatformState.wrappedUp, PlatformState.wrapUpSkipped,
      ]
    for state in states {
      var desk = Desk()
      #expect(desk.enter(state, Self.call) != nil)
    }
  }
}
