import ContactModel
import PatchbayJSON

/// The schemas of what can be injected into conversations: each kind of event has its own members.
///
/// Members from `BatchConversationEventRequest` of the official client. What the sandbox needs of each is
/// required here; the platform's own demands aren't documented.
extension ComponentSchemas {
  static let conversationEvents: [Component] =
    [
      (
        "BatchConversationEventRequest",
        .object(
          PlatformEventReader.conversations.map { name, _ in
            .maybe(name, .list(.named(eventName(name)), maximum: PlatformEventReader.limit))
          })
      )
    ] + PlatformEventReader.conversations.map { name, _ in (eventName(name), event(name)) }

  /// `HoldUpdatedEvent` for the list `holdUpdatedEvents`.
  private static func eventName(_ list: String) -> String {
    list.prefix(1).uppercased() + list.dropFirst().dropLast()
  }

  private static func event(_ list: String) -> Schema {
    .object(
      [
        .always("eventId", .uuid), .always("eventDateTime", .time),
        .always("conversationId", .uuid),
      ] + members(of: list))
  }

  private static let communication = Schema.Property.always("communicationId", .uuid)

  private static func members(of list: String) -> [Schema.Property] {
    switch list {
    case "externalEstablishedEvents":
      established + addresses + [.maybe("aniName", .text), .maybe("dnisName", .text)]
    case "ivrEstablishedEvents":
      established + addresses + [.maybe("ivrPhoneNumber", .text), .maybe("ivrName", .text)]
    case "phoneEstablishedEvents": established + addresses + [.maybe("phoneNumber", .text)]
    case "routingEstablishedEvents":
      established + addresses + queue + [.maybe("phoneNumber", .text)]
    case "userEstablishedEvents":
      established + addresses + user + [.maybe("phoneNumber", .text), .maybe("stationId", .text)]
    case "emailExternalEstablishedEvents":
      emailEstablished + [.maybe("displayName", .text), .maybe("includeMessage", .boolean)]
    case "emailFlowEstablishedEvents": emailEstablished
    case "emailRoutingEstablishedEvents": emailEstablished + queue + [.maybe("label", .text)]
    case "emailUserEstablishedEvents": emailEstablished + user
    case "communicationAnsweredEvents", "emailCommunicationAnsweredEvents",
      "emailBeginTransmittingEvents", "emailCommunicationSentMessageEvents":
      [communication]
    case "holdUpdatedEvents", "emailHoldUpdatedEvents": [communication, .always("held", .boolean)]
    case "audioUpdatedEvents":
      [
        communication,
        .always(
          "audioState",
          .object([.maybe("canHear", .boolean), .maybe("canSpeak", .boolean)])),
      ]
    case "communicationEndedEvents":
      ended(DisconnectType.voice) + [.maybe("destinationConversationId", .uuid)]
    case "emailCommunicationEndedEvents": ended(DisconnectType.email)
    case "communicationDispositionAppliedEvents", "emailCommunicationDispositionAppliedEvents":
      [
        communication, .maybe("code", .uuid), .maybe("notes", .text), .maybe("tags", .list(.text)),
      ]
    default: transfer(list)
    }
  }

  private static func ended(_ types: [DisconnectType]) -> [Schema.Property] {
    [
      communication, .always("disconnectType", .choice(types.map(\.rawValue))),
    ]
  }

  private static let addresses: [Schema.Property] = [.maybe("ani", .text), .maybe("dnis", .text)]

  private static let queue: [Schema.Property] = [
    .maybe("queueId", .uuid), .maybe("skillIds", .list(.uuid)), .maybe("languageId", .uuid),
  ]

  private static let user: [Schema.Property] = [
    .always("userId", .uuid), .maybe("queueId", .uuid), .maybe("afterCallWorkRequired", .boolean),
  ]

  private static let source = Schema.Property.maybe(
    "sourceConfiguration",
    .object([
      .maybe("sourceId", .text), .maybe("interactionId", .text), .maybe("tagId", .text),
    ]))

  private static let established: [Schema.Property] = [
    communication,
    .maybe(
      "initialConfiguration",
      .object([
        .maybe("alerting", .boolean), .maybe("inbound", .boolean), .maybe("invitedBy", .text),
        .maybe("recordingActive", .boolean), .maybe("additionalInfo", .texts),
        .maybe(
          "audioState",
          .object([.maybe("canHear", .boolean), .maybe("canSpeak", .boolean)])),
      ])), source,
  ]

  private static let emailEstablished: [Schema.Property] = [
    communication,
    .maybe(
      "initialConfiguration",
      .object([
        .maybe("to", .text), .maybe("from", .text), .maybe("cc", .list(.text)),
        .maybe("bcc", .list(.text)), .maybe("subject", .text), .maybe("previousEmailId", .text),
        .maybe("held", .boolean), .maybe("alerting", .boolean), .maybe("inbound", .boolean),
        .maybe("invitedBy", .text), .maybe("additionalInfo", .texts),
      ])), source,
  ]

  private static func transfer(_ list: String) -> [Schema.Property] {
    let between: [Schema.Property] = [
      .maybe("initiatingCommunicationId", .uuid), .maybe("objectCommunicationId", .uuid),
    ]
    if list.hasPrefix("endConsult") { return [] }
    if list.hasSuffix("onsultTransferEvents") {
      return between + [.maybe("destinationCommunicationId", .uuid)]
    }
    let command = Schema.Property.always("commandId", .uuid)
    let object = Schema.Property.maybe("objectCommunicationId", .uuid)
    switch list {
    case "endTransferEvents", "emailEndTransferEvents":
      return [
        command, .always("finalState", .choice(["Completed", "Canceled", "Failed"])), object,
      ]
    case "progressTransferEvents", "emailProgressTransferEvents":
      return [command, object, .maybe("destinationCommunicationId", .uuid)]
    default: break
    }
    let begun =
      between + [
        command, .maybe("transferType", .choice(Operation.transferTypes)),
        .maybe("targetCommunicationId", .uuid),
      ]
    if list.hasPrefix("phone") { return begun + [.maybe("destinationPhoneNumber", .text)] }
    if list.lowercased().contains("routing") {
      return begun + [
        .maybe("destinationQueueId", .uuid), .maybe("languageId", .uuid),
        .maybe("skillIds", .list(.uuid)),
      ]
    }
    return begun + [.maybe("destinationUserId", .uuid)]
  }
}
