import GenesysNotifications
import PatchbayCore
import Testing

/// Every state is told once, whoever tells it how often.
struct ObservationMemoryTests {
  private static let part = ConversationPart(
    conversation: UUIDBits(high: 2, low: 2), user: UUIDBits(high: 1, low: 1),
    communication: UUIDBits(high: 3, low: 3))

  private var memory = ObservationMemory(begin: Timestamp(nanoseconds: 0))

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

  @Test mutating func `a hold whose beginning isn't told is the same until a talk comes after it`()
  {
    #expect(see(.held) == "participant/held")
    #expect(see(.held) == nil)
    #expect(see(.connected, 1) == "participant/connected")
    #expect(see(.held) == "participant/held")
    #expect(see(.held) == nil)
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

  @Test mutating func `states of a user that come back at once are told each`() {
    let user = Self.part.user
    func see(_ state: String, _ nanoseconds: Int64?) -> Bool {
      memory.see(
        .init(state: state, time: nanoseconds.map { Timestamp(nanoseconds: $0) }), .presence,
        of: user) != nil
    }
    #expect(see("presence/busy", 5_123_000_000))
    #expect(!see("presence/busy", 5_123_000_000))
    #expect(see("presence/available", 5_140_000_000))
    #expect(see("presence/busy", 5_160_000_000))
    #expect(!see("presence/available", 5_140_000_000))
    // Without a time only the present one is known.
    #expect(see("presence/away", nil))
    #expect(!see("presence/away", nil))
    #expect(see("presence/meal", nil))
    #expect(see("presence/away", nil))
  }

  @Test mutating func `what analytics round is known again, each of them once`() {
    let subject = ObservationMemory.Subject(user: Self.part.user, topic: .presence)
    func standing(_ state: String, _ milliseconds: Int64) -> UserReader.Standing {
      .init(state: state, time: Timestamp(nanoseconds: milliseconds * 1_000_000))
    }
    _ = memory.see(standing("presence/busy", 5_123), .presence, of: Self.part.user)
    let news = memory.see(
      [
        standing("presence/busy", 5_000), standing("presence/available", 5_400),
        standing("presence/busy", 5_700),
      ], of: subject)
    #expect(news.map(\.state) == ["presence/available", "presence/busy"])
    #expect(memory.see([standing("presence/busy", 5_700)], of: subject).isEmpty)
  }

  @Test func `what was long before anybody watched isn't news`() {
    var memory = ObservationMemory(begin: time(3_600))
    #expect(memory.see(TimedStep(step: .connected, time: time(10)), of: Self.part) == nil)
    #expect(memory.see(TimedStep(step: .held, time: time(3_600)), of: Self.part) != nil)
    #expect(
      memory.see(
        .init(state: "presence/busy", time: time(10)), .presence, of: Self.part.user) == nil)
  }

  @Test mutating func `a hold that was missed isn't taken for one that was seen`() {
    _ = see(.connected, 1)
    #expect(see(.held, 5) == "participant/held")
    let history = DetailsReader.History(
      part: Self.part,
      steps: [
        TimedStep(step: .connected, time: time(1)), TimedStep(step: .held, time: time(2)),
        TimedStep(step: .connected, time: time(3)), TimedStep(step: .held, time: time(5)),
      ])
    #expect(
      memory.see(history).map { "\($0.state)@\(($0.time?.nanoseconds ?? 0) / 1_000_000_000)" }
        == ["participant/held@2", "participant/connected@3"])
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
