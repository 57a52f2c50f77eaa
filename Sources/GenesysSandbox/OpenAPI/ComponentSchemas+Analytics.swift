import ContactModel
import PatchbayJSON

/// The schemas of analytics and of notifications.
extension ComponentSchemas {
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
      detailsQuery([("userFilters", ["userId"])])
    ),
    (
      "ConversationQuery",
      detailsQuery(
        [
          ("segmentFilters", ["userId", "queueId", "mediaType", "purpose", "direction"]),
          ("conversationFilters", ["conversationId", "originatingDirection"]),
        ], orders: ["conversationStart", "conversationEnd"])
    ),
    ("AnalyticsConversation", detailsConversation),
    (
      "ConversationAggregationQuery",
      .object([
        .always("interval", .string), .maybe("granularity", .choice(["PT30M", "PT1H", "P1D"])),
        .maybe("groupBy", .list(.choice(["queueId", "userId", "mediaType", "direction"]))),
        .maybe("filter", filter(["queueId", "userId", "mediaType", "direction"])),
        .maybe("metrics", .list(.choice(SessionMetric.Name.allCases.map(\.rawValue)))),
        .maybe("flattenMultivaluedDimensions", .boolean), .maybe("timeZone", .choice(["UTC"])),
      ])
    ),
    (
      "ConversationAggregateQueryResponse",
      .object([
        .always(
          "results",
          .list(
            .object([
              .always("group", .texts),
              .always(
                "data",
                .list(
                  .object([
                    .always("interval", .string),
                    .always(
                      "metrics",
                      .list(.object([.always("metric", .string), .always("stats", .map)]))),
                  ]))),
            ])))
      ])
    ),
    (
      "QueueObservationQuery",
      .object([
        .always("filter", filter(["queueId", "mediaType"])),
        .maybe("metrics", .list(.choice(observations))),
        .maybe("detailMetrics", .list(.choice(observations))),
      ])
    ),
    (
      "QueueObservationQueryResponse",
      .object([
        .always("systemToOrganizationMappings", .map),
        .always(
          "results",
          .list(
            .object([
              .always("group", .texts),
              .always(
                "data",
                .list(
                  .object([
                    .always("metric", .string), .maybe("qualifier", .string),
                    .always("stats", .map), .maybe("truncated", .boolean),
                    .maybe("observations", .list(.map)),
                  ]))),
            ]))),
      ])
    ),
    (
      "AnalyticsConversationQueryResponse",
      .object([
        .always(
          "conversations",
          .list(.named("AnalyticsConversation"))),
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

  private static let observations = [
    "oActiveUsers", "oMemberUsers", "oOnQueueUsers", "oOffQueueUsers", "oUserPresences",
    "oUserRoutingStatuses", "oInteracting", "oAlerting", "oWaiting",
  ]

  private static func detailsQuery(
    _ filters: [(name: String, dimensions: [String])], orders: [String] = []
  ) -> Schema {
    .object(
      [.always("interval", .string)] + (orders.isEmpty ? [] : [.maybe("orderBy", .choice(orders))])
        + filters.map { .maybe($0.name, .list(filter($0.dimensions))) }
        + [
          .maybe("order", .choice(["asc", "desc"])),
          .maybe(
            "paging",
            .object([
              .maybe("pageSize", .integer(1...100)), .maybe("pageNumber", .integer(1...1_000_000)),
            ])),
        ])
  }

  private static func filter(_ dimensions: [String]) -> Schema {
    let predicates: Schema = .list(
      .object([
        .always("dimension", .choice(dimensions)), .always("value", .string),
        .maybe("operator", .choice(["matches"])), .maybe("type", .choice(["dimension"])),
      ]), minimum: 1)
    return .object([
      .always("type", .choice(["and", "or"])), .maybe("predicates", predicates),
      .maybe(
        "clauses",
        .list(
          .object([
            .always("type", .choice(["and", "or"])), .always("predicates", predicates),
          ]))),
    ])
  }

  private static let detailsConversation: Schema = .object([
    .always("conversationId", .uuid), .always("conversationStart", .time),
    .maybe("conversationEnd", .time),
    .always("originatingDirection", .choice(["inbound", "outbound"])),
    .always("participants", .list(detailsParticipant)),
  ])

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
                .maybe("queueId", .uuid), .maybe("disconnectType", .string),
                .maybe("wrapUpCode", .string),
              ]))),
          .always(
            "metrics",
            .list(
              .object([
                .always("emitDate", .time), .always("name", .string), .always("value", .count),
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
