import GenesysNotifications
import PatchbayCore
import Testing

/// Every state is told once, whoever tells it how often.
struct ObservationMemoryTests {
  private static let part = ConversationPart(
    conversation: UUIDBits(high: 2, low: 2), user: UUIDBits(high: 1, low: 1),
    communication: UUIDBits(high: 3, low: 3))

  private var memory = ObservationMemory()

  private func time(_ seconds: Int) -> Timestamp {
    Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  private mutating func see(_ step: PartStep, _ seconds: Int? = nil) -> String? {
    memory.see(TimedStep(step: step, time: seconds.map(time)), of: Self.part)?.state
  }

  @Test mutating func `a state that is told again isn't new, whatever else changed`() {
    #expect(see(.alerting, 1) == "participant/alerting")
    #expect(see(.alerting, 1) == nil)
    // The time of a step that is taken once may be told otherwise.
    #expect(see(.alerting, 2) == nil)
    #expect(see(.connected, 3) == "participant/connected")
    #expect(see(.connected, 3) == nil)
  }

  @Test mutating func `holds and the talks after them are told each`() {
    _ = see(.connected, 1)
    #expect(see(.held, 2) == "participant/held")
    #expect(see(.held, 2) == nil)
    #expect(see(.connected, 1) == "participant/connected")
    #expect(see(.connected, 1) == nil)
    #expect(see(.held, 5) == "participant/held")
    #expect(see(.connected, 1) == "participant/connected")
  }

  @Test mutating func `a talk after a hold has no time: only when the first began is told`() throws
  {
    _ = see(.connected, 1)
    _ = see(.held, 2)
    let seen = memory.see(TimedStep(step: .connected, time: time(1)), of: Self.part)
    let again = try #require(seen)
    #expect(again.time == nil)
    #expect(again.id == "\(Self.part.communication):participant/connected:1")
  }

  @Test mutating func `what comes late is told all the same`() {
    #expect(see(.connected, 3) == "participant/connected")
    #expect(see(.alerting, 1) == "participant/alerting")
    #expect(see(.afterWork("after_call_work/complete"), 9) == "after_call_work/complete")
    #expect(see(.over("participant/disconnected"), 8) == "participant/disconnected")
    #expect(see(.over("participant/terminated"), 8) == nil)
  }

  @Test mutating func `what is read after a gap is told as far as it isn't known`() {
    _ = see(.alerting, 1)
    _ = see(.connected, 2)
    let history = DetailsReader.History(
      part: Self.part,
      steps: [
        TimedStep(step: .alerting, time: time(1)), TimedStep(step: .connected, time: time(2)),
        TimedStep(step: .held, time: time(3)), TimedStep(step: .connected, time: time(4)),
        TimedStep(step: .held, time: time(5)),
      ])
    #expect(
      memory.see(history).map { "\($0.state)@\(($0.time?.nanoseconds ?? 0) / 1_000_000_000)" }
        == ["participant/held@3", "participant/connected@4", "participant/held@5"])
    #expect(memory.see(history).isEmpty)
    // The notifications of the same, which waited meanwhile.
    #expect(see(.held, 5) == nil)
    #expect(see(.connected, 2) == "participant/connected")
  }

  @Test mutating func `conversations are open until nothing more comes of them`() {
    _ = see(.connected, 1)
    #expect(memory.openConversations == [Self.part.conversation])
    _ = see(.over("participant/disconnected"), 2)
    #expect(memory.openConversations == [Self.part.conversation])
    _ = see(.afterWork("after_call_work/skipped"), 3)
    #expect(memory.openConversations.isEmpty)
  }

  @Test mutating func `presences are told by when they began, and analytics may round`() {
    let user = Self.part.user
    func see(_ state: String, _ nanoseconds: Int64) -> Bool {
      memory.see(
        .init(state: state, time: Timestamp(nanoseconds: nanoseconds)), .presence, of: user) != nil
    }
    #expect(see("presence/busy", 5_123_000_000))
    #expect(!see("presence/busy", 5_123_000_000))
    #expect(!see("presence/busy", 5_000_000_000))
    #expect(see("presence/available", 7_000_000_000))
    #expect(see("presence/busy", 9_000_000_000))
  }

  @Test func `a message that comes on two channels counts once, one that comes twice on one twice`()
  {
    var memory = RepetitionMemory(capacity: 100)
    let message = Array("a".utf8)
    func kind(_ bytes: [UInt8], on channel: Int) -> String {
      switch memory.see(bytes, on: channel) {
      case .new: "new"
      case .echo: "echo"
      case .repeated(let states): "repeated \(states.map(\.state))"
      }
    }
    #expect(kind(message, on: 1) == "new")
    memory.note([], of: message)
    #expect(kind(message, on: 2) == "echo")
    #expect(kind(message, on: 1) == "repeated []")
    #expect(kind(message, on: 2) == "echo")
    #expect(kind(Array("b".utf8), on: 2) == "new")
  }
}
