import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON
import Testing

/// Customers and queues come and go around what agents do.
struct InteractionBookTests {
  private static let agents = [UUIDBits(high: 1, low: 1), UUIDBits(high: 1, low: 2)]
  private static let call = UUIDBits(high: 2, low: 1)
  private static let queue = "ba484b49-7518-4a14-b84d-57e3e3df1baa"

  /// A book that is told of all that it says.
  private struct Floor {
    var book = AgentBook(sendsAfterCallWork: true, wrapUpCode: "code", parties: .all)
    private var offers: UInt64 = 0
    private(set) var steps: [PlatformStep] = []

    /// The steps of a state, as far as they are of the conversation.
    mutating func enter(_ state: String, agent: Int = 0, queue: String? = nil) -> [PlatformStep
      .Kind]
    {
      offers += 1
      let attributes: JSONValue = queue.map { ["queue_id": .string($0)] } ?? [:]
      let subject = PlatformStep.Subject(
        agent: InteractionBookTests.agents[agent], interaction: InteractionBookTests.call,
        time: Timestamp(nanoseconds: 0), contact: .init(attributes))
      let steps =
        book.steps(
          for: state, subject, offer: UUIDBits(high: 3, low: offers),
          queue: UUIDBits(high: 4, low: offers)) ?? []
      for step in steps { book.note(step, subject) }
      self.steps += steps
      return steps.map(\.kind).filter {
        switch $0 {
        case .presence, .routingStatus: false
        default: true
        }
      }
    }
  }

  @Test func `a customer comes before the first offer and goes after the agent`() {
    var floor = Floor()
    #expect(
      floor.enter(PlatformState.alerting) == [.customerEstablished, .established(alerting: true)])
    #expect(floor.enter(PlatformState.connected) == [.answered])
    #expect(floor.enter(PlatformState.held) == [.held(true)])
    #expect(floor.enter(PlatformState.connected) == [.held(false)])
    #expect(floor.enter(PlatformState.disconnected) == [.ended("Peer"), .partyEnded("Self")])
    #expect(floor.enter(PlatformState.wrappedUp) == [.wrappedUp(code: "code")])
    let customer = floor.steps.first { $0.kind == .customerEstablished }?.communication
    #expect(floor.steps.first { $0.kind == .partyEnded("Self") }?.communication == customer)
  }

  @Test func `a queue has them from the offer until somebody answers`() {
    var floor = Floor()
    #expect(
      floor.enter(PlatformState.alerting, queue: Self.queue)
        == [.customerEstablished, .queueEstablished, .established(alerting: true)])
    // Nobody answers: they stay in the queue, and the next one is offered them.
    #expect(floor.enter(PlatformState.notResponding, queue: Self.queue) == [.ended("System")])
    #expect(
      floor.enter(PlatformState.alerting, agent: 1, queue: Self.queue)
        == [.established(alerting: true)])
    #expect(
      floor.enter(PlatformState.connected, agent: 1, queue: Self.queue)
        == [.answered, .partyEnded("Transfer")])
    let parts = floor.steps.filter {
      [.queueEstablished, .partyEnded("Transfer")].contains($0.kind)
    }
    #expect(Set(parts.map(\.communication)).count == 1)
  }

  @Test func `a transfer leaves the customer with the next agent`() {
    var floor = Floor()
    _ = floor.enter(PlatformState.alerting)
    _ = floor.enter(PlatformState.connected)
    #expect(
      floor.enter(PlatformState.transferred) == [.ended("Transfer"), .wrappedUp(code: nil)])
    #expect(floor.enter(PlatformState.alerting, agent: 1) == [.established(alerting: true)])
    _ = floor.enter(PlatformState.connected, agent: 1)
    #expect(
      floor.enter(PlatformState.disconnected, agent: 1) == [.ended("Peer"), .partyEnded("Self")])
    // Somebody who calls again is another customer.
    #expect(
      floor.enter(PlatformState.alerting) == [.customerEstablished, .established(alerting: true)])
  }

  @Test func `without being asked, it tells of the agent alone`() {
    var book = AgentBook(sendsAfterCallWork: true, wrapUpCode: "code", hasQueue: true)
    let subject = PlatformStep.Subject(
      agent: Self.agents[0], interaction: Self.call, time: Timestamp(nanoseconds: 0))
    let steps = book.steps(
      for: PlatformState.alerting, subject, offer: UUIDBits(high: 3, low: 1),
      queue: UUIDBits(high: 4, low: 1))
    #expect(steps?.map(\.kind) == [.established(alerting: true)])
    for step in steps ?? [] { book.note(step, subject) }
  }
}
