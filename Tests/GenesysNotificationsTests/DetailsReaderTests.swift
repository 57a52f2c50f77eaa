import GenesysNotifications
import PatchbayCore
import PatchbayJSON
import Testing

/// What analytics tell of a conversation becomes the steps that notifications would have told.
struct DetailsReaderTests {
  private static let agent = UUIDBits(high: 1, low: 1)
  private static let conversation = UUIDBits(high: 2, low: 2)
  private static let session = UUIDBits(high: 3, low: 3)

  private func time(_ second: Int) -> String {
    "2026-11-30T09:00:\(second < 10 ? "0" : "")\(second).000Z"
  }

  private func segment(
    _ type: String, _ start: Int, _ end: Int?, _ more: [JSONValue.Member] = []
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("segmentType", .string(type)), .init("segmentStart", .string(time(start))),
    ]
    if let end { members.append(.init("segmentEnd", .string(time(end)))) }
    return .object(members + more)
  }

  private func details(_ segments: [JSONValue], isOver: Bool = true) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("conversationId", .string(Self.conversation.description)),
      .init(
        "participants",
        [
          ["purpose": "customer", "sessions": []],
          [
            "userId": .string(Self.agent.description),
            "sessions": [
              ["sessionId": .string(Self.session.description), "segments": .array(segments)]
            ],
          ],
        ]),
    ]
    if isOver { members.append(.init("conversationEnd", .string(time(59)))) }
    return .object(members)
  }

  /// The steps as `STATE@SECOND`.
  private func steps(_ segments: [JSONValue]) throws -> [String] {
    let read = try #require(DetailsReader.read(details(segments), watching: [Self.agent]))
    let history = try #require(read.histories.first)
    return history.steps.map { step in
      let second = step.time.map { $0.nanoseconds / 1_000_000_000 % 60 } ?? -1
      return "\(step.step.state)@\(second)"
    }
  }

  @Test func `a call with holds and work after it`() throws {
    #expect(
      try steps([
        segment("alert", 0, 2), segment("interact", 2, 5), segment("hold", 5, 7),
        segment("interact", 7, 9, [.init("disconnectType", "peer")]),
        segment("wrapup", 9, 12, [.init("wrapUpCode", "x")]),
      ]) == [
        "participant/alerting@0", "participant/connected@2", "participant/held@5",
        "participant/connected@7", "participant/disconnected@9", "after_call_work/complete@12",
      ])
  }

  @Test func `work that is left out, and work that still goes on`() throws {
    #expect(
      try steps([
        segment("interact", 2, 5, [.init("disconnectType", "transfer")]), segment("wrapup", 5, 5),
      ]) == ["participant/connected@2", "participant/transferred@5", "after_call_work/skipped@5"])
    #expect(
      try steps([
        segment("interact", 2, 5, [.init("disconnectType", "peer")]), segment("wrapup", 5, nil),
      ]) == ["participant/connected@2", "participant/disconnected@5"])
  }

  @Test func `an end without work after it, and an offer that nobody took`() throws {
    #expect(
      try steps([segment("interact", 2, 5, [.init("disconnectType", "peer")])])
        == ["participant/connected@2", "participant/terminated@5"])
    #expect(
      try steps([segment("alert", 0, 30, [.init("disconnectType", "system")])])
        == ["participant/alerting@0", "participant/not_responding@30"])
  }

  @Test func `a talk that goes on has no end, and an email that is sent is no new talk`() throws {
    #expect(try steps([segment("interact", 2, nil)]) == ["participant/connected@2"])
    #expect(
      try steps([
        segment("interact", 2, 3), segment("transmitting", 3, 4), segment("interact", 4, nil),
      ]) == ["participant/connected@2"])
  }

  @Test func `it is open as long as somebody talks or writes up, and only those watched are read`()
    throws
  {
    let going = try #require(
      DetailsReader.read(details([segment("wrapup", 5, nil)]), watching: [Self.agent]))
    #expect(going.isOpen)
    let over = try #require(
      DetailsReader.read(
        details([segment("interact", 5, 6)]), watching: [UUIDBits(high: 9, low: 9)]))
    #expect(!over.isOpen && over.histories.isEmpty)
    #expect(DetailsReader.read(["conversationId": 7], watching: [Self.agent]) == nil)
  }
}
