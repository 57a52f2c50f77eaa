import ContactModel
import PatchbayJSON

/// The schemas of conversations, and of what agents do in them.
extension ComponentSchemas {
  static let conversations: [Component] =
    [
      (
        "Conversation",
        .object([
          .always("id", .uuid), .always("startTime", .time), .maybe("endTime", .time),
          .always("participants", .list(.named("Participant"))),
          .always("recordingState", .choice(["NONE"])),
          .always("state", .choice(["connected", "disconnected"])),
          .always("divisions", .list(.map)), .always("selfUri", .string),
        ])
      ),
      ("ConversationEntityListing", listing("Conversation")),
      (
        "Participant",
        .object(
          [
            .always("id", .uuid), .always("startTime", .time), .maybe("connectedTime", .time),
            .maybe("endTime", .time), .maybe("name", .string), .maybe("userId", .uuid),
            .maybe("queueId", .uuid), .always("purpose", .string),
            .always("participantType", .choice(["Internal", "External"])),
            .maybe("address", .string), .maybe("ani", .string), .maybe("dnis", .string),
            .maybe("wrapup", .named("Wrapup")), .maybe("alertingTimeoutMs", .count),
            .always("attributes", .texts),
          ] + afterCallWork
            + Conversation.Medium.allCases.map { .always($0.parts, .list(.named($0.title))) })
      ),
      (
        "MediaParticipant",
        .object(
          [
            .always("id", .uuid), .maybe("name", .string), .maybe("address", .string),
            .always("startTime", .time), .maybe("startAlertingTime", .time),
            .maybe("connectedTime", .time), .maybe("endTime", .time),
            .maybe("startHoldTime", .time), .always("purpose", .string),
            .always("state", .choice(states)),
            .always("direction", .choice(["inbound", "outbound"])),
            .maybe("disconnectType", .string), .always("held", .boolean),
            .maybe("user", reference), .maybe("queue", reference), .always("attributes", .texts),
            .always("provider", .string), .maybe("wrapup", .named("Wrapup")),
            .maybe("alertingTimeoutMs", .count),
          ] + afterCallWork)
      ),
      (
        "Wrapup",
        .object([
          .always("code", .string), .maybe("notes", .string), .maybe("tags", .list(.string)),
          .always("durationSeconds", .count), .always("endTime", .time),
          .always("provisional", .boolean),
        ])
      ),
      (
        "AssignedWrapupCode",
        .object([
          .always("code", .string), .maybe("notes", .string), .maybe("tags", .list(.string)),
          .always("durationSeconds", .count), .always("endTime", .time),
        ])
      ),
      ("WrapupInput", wrapUpInput),
      (
        "MediaParticipantRequest",
        .object([
          .maybe("state", .choice(["connected", "disconnected"])), .maybe("held", .boolean),
          .maybe("muted", .boolean), .maybe("wrapupSkipped", .boolean),
          .maybe("wrapup", .named("WrapupInput")),
        ])
      ),
      (
        "TransferRequest",
        .object([
          .maybe("transferType", .choice(Operation.transferTypes)), .maybe("userId", .uuid),
          .maybe("queueId", .uuid), .maybe("keepInternalMessageAlive", .boolean),
        ])
      ),
      (
        "CreateCallbackCommand",
        .object([
          .always(
            "routingData",
            .object([.always("queueId", .uuid), .maybe("skillIds", .list(.uuid))])),
          .always("callbackNumbers", .list(.text)), .maybe("callbackUserName", .text),
          .maybe("queueId", .uuid), .maybe("callbackScheduledTime", .time), .maybe("data", .texts),
          .maybe("callerId", .text), .maybe("callerIdName", .text), .maybe("scriptId", .text),
          .maybe("countryCode", .text), .maybe("validateCallbackNumbers", .boolean),
        ])
      ),
      (
        "CreateCallbackResponse",
        .object([
          .always("conversation", reference),
          .always(
            "callbackIdentifiers",
            .list(
              .object([.always("type", .choice(["ACD", "EXTERNAL"])), .always("id", .uuid)]))),
        ])
      ),
    ]
    + Conversation.Medium.allCases.flatMap { medium -> [Component] in
      [
        (medium.title, part(of: medium)),
        (
          "\(medium.title)Conversation",
          .object([
            .always("id", .uuid), .always("participants", .list(.named("MediaParticipant"))),
            .always("otherMediaUris", .list(.string)), .always("divisions", .list(.map)),
            .always("selfUri", .string),
          ])
        ),
        ("\(medium.title)ConversationEntityListing", listing("\(medium.title)Conversation")),
      ]
    }

  private static let states = [
    "alerting", "connected", "disconnected", "terminated", "transmitting",
  ]

  /// What a participant has in one medium.
  private static func part(of medium: Conversation.Medium) -> Schema {
    let states = states.filter { state in
      switch state {
      case Communication.State.terminated.rawValue: medium.terminates
      case Communication.State.transmitting.rawValue: medium == .email
      default: true
      }
    }
    return .object([
      .always("id", .uuid), .always("state", .choice(states)),
      .always("initialState", .choice(["alerting", "connected"])),
      .always("direction", .choice(["inbound", "outbound"])), .always("held", .boolean),
      .maybe("disconnectType", .string), .always("provider", .string),
      .always(
        "afterCallWork",
        .object([
          .maybe("startTime", .time), .maybe("endTime", .time),
          .always(
            "state",
            .choice(["unknown", "notApplicable", "skipped", "pending", "complete"])),
        ])),
      .always("afterCallWorkRequired", .boolean),
    ])
  }

  private static let afterCallWork: [Schema.Property] = [
    .always("wrapupRequired", .boolean), .maybe("wrapupPrompt", .string),
    .maybe("wrapupTimeoutMs", .count), .maybe("wrapupSkipped", .boolean),
    .maybe("startAcwTime", .time), .maybe("endAcwTime", .time),
  ]

  private static let wrapUpInput: Schema = .object([
    .always("code", .text), .maybe("name", .text), .maybe("notes", .text),
    .maybe("tags", .list(.text)), .maybe("durationSeconds", .count), .maybe("endTime", .time),
    .maybe("provisional", .boolean),
  ])

  private static let reference: Schema = .object([.always("id", .uuid), .maybe("selfUri", .string)])
}
