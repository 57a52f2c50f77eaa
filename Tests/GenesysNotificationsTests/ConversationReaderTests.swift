import ContactModel
import GenesysNotifications
import PatchbayCore
import PatchbayJSON
import Testing

/// Where a user's part in a conversation stands, as notifications and REST tell it.
struct ConversationReaderTests {
  private static let agent = UUIDBits(high: 1, low: 1)
  private static let other = UUIDBits(high: 1, low: 2)
  private static let conversation = UUIDBits(high: 2, low: 2)
  private static let call = UUIDBits(high: 3, low: 3)

  private func conversation(_ call: JSONValue, medium: String = "calls") -> JSONValue {
    guard case .object(let members) = call else { return .null }
    let own: JSONValue = .object([.init("id", .string(Self.call.description))] + members)
    return [
      "id": .string(Self.conversation.description),
      "participants": [
        ["purpose": "customer", "calls": [["id": "x", "state": "connected"]]],
        ["userId": .string(Self.other.description), "calls": [["id": "y", "state": "alerting"]]],
        .object([
          .init("userId", .string(Self.agent.description.uppercased())),
          .init("startTime", "2026-11-30T09:00:00.000Z"), .init(medium, .array([own])),
        ]),
      ],
    ]
  }

  /// The one part's state and time.
  private func read(_ call: JSONValue, medium: String = "calls") throws -> String {
    let parts = try ConversationReader.parts(
      in: conversation(call, medium: medium), of: [Self.agent])
    let part = try #require(parts.first)
    #expect(parts.count == 1)
    #expect(
      part.part
        == ConversationPart(
          conversation: Self.conversation, user: Self.agent, communication: Self.call))
    let time = part.now.time.map { " \($0)" } ?? ""
    return part.now.step.state + time
  }

  @Test func `an offer rings since its alert, or since the participant came`() throws {
    #expect(
      try read(["state": "alerting", "startAlertingTime": "2026-11-30T09:00:01.500Z"])
        == "participant/alerting 2026-11-30T09:00:01.500000000Z")
    #expect(
      try read(["state": "alerting"]) == "participant/alerting 2026-11-30T09:00:00.000000000Z")
  }

  @Test func `a hold isn't a state of its own there, and is here`() throws {
    #expect(
      try read(["state": "connected", "held": false, "connectedTime": "2026-11-30T09:00:05.000Z"])
        == "participant/connected 2026-11-30T09:00:05.000000000Z")
    #expect(
      try read([
        "state": "connected", "held": true, "connectedTime": "2026-11-30T09:00:05.000Z",
        "startHoldTime": "2026-11-30T09:00:09.000Z",
      ]) == "participant/held 2026-11-30T09:00:09.000000000Z")
    // An email on its way out is still that talk.
    #expect(
      try read(
        ["state": "transmitting", "connectedTime": "2026-11-30T09:00:05.000Z"], medium: "emails")
        == "participant/connected 2026-11-30T09:00:05.000000000Z")
  }

  @Test(arguments: [
    ("peer", true, "pending", PlatformState.disconnected),
    ("peer", true, "notApplicable", PlatformState.terminated),
    ("transfer", true, "pending", PlatformState.transferred),
    ("transfer.consult", true, "notApplicable", PlatformState.transferred),
    ("system", false, "notApplicable", PlatformState.notResponding),
    ("client", false, "notApplicable", PlatformState.notResponding),
    ("timeout", false, "unknown", PlatformState.notResponding),
    ("peer", false, "notApplicable", PlatformState.terminated),
    ("endpoint", false, "notApplicable", PlatformState.terminated),
  ])
  func `how a part ended is told from its type and what follows`(
    type: String, wasConnected: Bool, work: String, state: String
  ) throws {
    let connected: JSONValue = wasConnected ? "2026-11-30T09:00:05.000Z" : .null
    let found = try read([
      "state": "disconnected", "connectedTime": connected, "disconnectType": .string(type),
      "disconnectedTime": "2026-11-30T09:01:00.000Z", "afterCallWork": ["state": .string(work)],
    ])
    #expect(found == "\(state) 2026-11-30T09:01:00.000000000Z")
  }

  @Test func `work after it ends as done or left out`() throws {
    for (word, state) in [
      ("complete", PlatformState.wrappedUp), ("skipped", PlatformState.wrapUpSkipped),
    ] {
      let found = try read([
        "state": "disconnected", "disconnectedTime": "2026-11-30T09:01:00.000Z",
        "afterCallWork": ["state": .string(word), "endTime": "2026-11-30T09:02:00.000Z"],
      ])
      #expect(found == "\(state) 2026-11-30T09:02:00.000000000Z")
    }
  }

  @Test func `what is no step of the work is passed over, and what is no conversation refused`()
    throws
  {
    #expect(
      try ConversationReader.parts(
        in: conversation(["state": "scheduled"], medium: "callbacks"), of: [Self.agent]
      ).isEmpty)
    #expect(try ConversationReader.parts(in: conversation([:]), of: [Self.agent]).isEmpty)
    func problem(_ conversation: JSONValue) -> String {
      do {
        _ = try ConversationReader.parts(in: conversation, of: [Self.agent])
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(problem(["participants": []]) == "a conversation has no \"id\" that is a UUID")
    #expect(
      problem(["id": .string(Self.conversation.description), "participants": 7])
        == "conversation \(Self.conversation) has no \"participants\"")
  }
}
