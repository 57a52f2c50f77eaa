import ContactModel
import PatchbayJSON

/// The schemas of injected events, and of what becomes of them.
extension ComponentSchemas {
  static let eventBatches: [Component] = [
    (
      "BatchEventResponse",
      .object([
        .always(
          "errors",
          .list(
            .object([
              .always("eventId", .uuid), .always("message", .string),
              .always("retryable", .boolean),
            ])))
      ])
    ),
    (
      "BatchUserRoutingStatusEventRequest",
      .object([
        .always(
          "userRoutingStatusEvents",
          events([
            .always("agentId", .uuid),
            .always("status", .choice(RoutingStatus.allCases.map(\.eventName))),
            .maybe("sourceId", .text),
          ]))
      ])
    ),
    (
      "BatchUserPresenceEventRequest",
      .object([
        .always(
          "userPresenceEvents",
          events([
            .always("userId", .uuid), .maybe("sourceId", .uuid),
            .always(
              "presenceDefinitionId", .choice(SystemPresence.allCases.map(\.idText))),
            .maybe("message", .text),
          ]))
      ])
    ),
    (
      "BatchPredictiveRoutingCustomKpiAttributionEventRequest",
      .object([
        .always(
          "customKpiAttributionEvents",
          events([
            .always("conversationId", .uuid), .always("agentId", .uuid), .always("kpiId", .text),
            .always("associatedValue", .number), .maybe("externalContactId", .text),
          ]))
      ])
    ),
    (
      "BatchConversationEventRequest",
      .object(
        PlatformEventReader.conversations.map { name, _ in
          .maybe(name, .list(.named("ConversationEvent"), maximum: PlatformEventReader.limit))
        })
    ),
    (
      "ConversationEvent",
      .object([
        .always("eventId", .uuid), .always("eventDateTime", .time),
        .always("conversationId", .uuid), .maybe("communicationId", .uuid),
        .maybe("userId", .uuid), .maybe("queueId", .uuid), .maybe("ani", .text),
        .maybe("dnis", .text), .maybe("held", .boolean),
        .maybe("afterCallWorkRequired", .boolean), .maybe("code", .uuid),
        .maybe("notes", .text), .maybe("tags", .list(.text)), .maybe("commandId", .uuid),
        .maybe("disconnectType", .choice(DisconnectType.voice.map(\.rawValue))),
        .maybe("finalState", .choice(["Completed", "Canceled", "Failed"])),
        .maybe(
          "initialConfiguration",
          .object([.maybe("alerting", .boolean), .maybe("inbound", .boolean)])),
        .maybe(
          "audioState",
          .object([.maybe("canHear", .boolean), .maybe("canSpeak", .boolean)])),
      ])
    ),
  ]

  private static func events(_ properties: [Schema.Property]) -> Schema {
    .list(
      .object([.always("eventId", .uuid), .always("eventDateTime", .time)] + properties),
      minimum: 1, maximum: PlatformEventReader.limit)
  }

  static let conversations: [Component] = [
    (
      "Conversation",
      .object([
        .always("id", .uuid), .always("startTime", .time), .maybe("endTime", .time),
        .always("participants", .list(.named("Participant"))), .always("selfUri", .string),
      ])
    ),
    ("ConversationEntityListing", listing("Conversation")),
    (
      "Participant",
      .object([
        .always("id", .uuid), .always("startTime", .time), .maybe("connectedTime", .time),
        .maybe("endTime", .time), .maybe("userId", .uuid), .maybe("queueId", .uuid),
        .always("purpose", .string), .always("wrapupRequired", .boolean),
        .maybe("startAcwTime", .time), .maybe("endAcwTime", .time),
        .always("calls", .list(.named("Call"))), .always("emails", .list(.map)),
      ])
    ),
    (
      "Call",
      .object([
        .always("id", .uuid),
        .always(
          "state", .choice(["alerting", "connected", "disconnected", "transmitting"])),
        .always("direction", .choice(["inbound", "outbound"])), .always("held", .boolean),
        .always("muted", .boolean), .maybe("disconnectType", .string),
        .always(
          "afterCallWork",
          .object([
            .always(
              "state",
              .choice(["unknown", "notApplicable", "skipped", "pending", "complete"]))
          ])),
      ])
    ),
    (
      "MediaParticipantRequest",
      .object([
        .maybe("state", .choice(["connected", "disconnected"])), .maybe("held", .boolean),
        .maybe("muted", .boolean), .maybe("wrapupSkipped", .boolean),
        .maybe(
          "wrapup",
          .object([
            .always("code", .text), .maybe("notes", .text), .maybe("tags", .list(.text)),
          ])),
      ])
    ),
  ]

  static let analytics: [Component] = [
    (
      "AnalyticsAgentStateAgentResponse",
      .object([
        .always("userId", .uuid), .always("userName", .string),
        .always("systemPresence", .string), .always("presenceDate", .time),
        .always("routingStatus", .choice(routingStatuses)),
        .always("routingStatusDate", .time), .always("isOutOfOffice", .boolean),
        .always("sessionCount", .count), .always("sessions", .list(.map)),
      ])
    ),
    (
      "UserDetailsQuery",
      detailsQuery(filters: "userFilters")
    ),
    (
      "ConversationQuery",
      detailsQuery(filters: "segmentFilters")
    ),
    (
      "AnalyticsConversationQueryResponse",
      .object([
        .always(
          "conversations",
          .list(
            .object([
              .always("conversationId", .uuid), .always("conversationStart", .time),
              .maybe("conversationEnd", .time),
              .always("originatingDirection", .choice(["inbound", "outbound"])),
              .always("participants", .list(detailsParticipant)),
            ]))),
        .always("totalHits", .count),
      ])
    ),
    (
      "AnalyticsUserDetailsQueryResponse",
      .object([
        .always(
          "userDetails",
          .list(
            .object([
              .always("userId", .uuid),
              .always(
                "primaryPresence",
                .list(
                  .object([
                    .always("startTime", .time), .maybe("endTime", .time),
                    .always("systemPresence", .string),
                    .always("organizationPresenceId", .uuid),
                  ]))),
              .always(
                "routingStatus",
                .list(
                  .object([
                    .always("startTime", .time), .maybe("endTime", .time),
                    .always("routingStatus", .choice(routingStatuses)),
                  ]))),
            ]))),
        .always("totalHits", .count),
      ])
    ),
  ]

  private static func detailsQuery(filters: String) -> Schema {
    .object([
      .always("interval", .string),
      .maybe(
        filters,
        .list(
          .object([
            .always("type", .choice(["and", "or"])),
            .always(
              "predicates",
              .list(
                .object([
                  .always("dimension", .choice(["userId"])), .always("value", .uuid),
                ]), minimum: 1)),
          ]))),
      .maybe("order", .choice(["asc", "desc"])),
      .maybe(
        "paging",
        .object([
          .maybe("pageSize", .integer(1...100)), .maybe("pageNumber", .integer(1...1_000_000)),
        ])),
    ])
  }

  private static let detailsParticipant: Schema = .object([
    .always("participantId", .uuid), .maybe("participantName", .string),
    .maybe("userId", .uuid), .always("purpose", .string),
    .always(
      "sessions",
      .list(
        .object([
          .always("sessionId", .uuid), .always("mediaType", .string),
          .always("direction", .choice(["inbound", "outbound"])),
          .always(
            "segments",
            .list(
              .object([
                .always("segmentStart", .time), .maybe("segmentEnd", .time),
                .always(
                  "segmentType",
                  .choice(["alert", "interact", "hold", "transmitting", "wrapup"])),
                .maybe("disconnectType", .string), .maybe("wrapUpCode", .string),
              ]))),
        ]))),
  ])

  static let notifications: [Component] = [
    (
      "Channel",
      .object([
        .always("connectUri", .string), .always("id", .string), .always("expires", .time),
      ])
    ),
    (
      "ChannelEntityListing",
      .object([.always("entities", .list(.named("Channel")))])
    ),
    ("ChannelTopicRequest", .object([.always("id", .text)])),
    (
      "ChannelTopicEntityListing",
      .object([
        .always(
          "entities",
          .list(
            .object([
              .always("id", .string), .always("state", .choice(["Permitted", "Rejected"])),
              .maybe("rejectionReason", .string), .maybe("selfUri", .string),
            ])))
      ])
    ),
    (
      "AvailableTopicEntityListing",
      .object([
        .always(
          "entities",
          .list(.object([.always("id", .string), .always("description", .string)])))
      ])
    ),
  ]
}
