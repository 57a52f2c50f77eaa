import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// The schemas that operations name.
enum ComponentSchemas {
  typealias Component = (name: String, schema: Schema)

  static let all: [Component] =
    errors + tokens + users + presence + eventBatches + conversations + analytics + notifications
    + workspace + control

  private static let errors: [Component] = [
    (
      "ErrorBody",
      .object([
        .always("message", .string), .always("code", .string),
        .always("status", .integer(400...599)),
        .always("contextId", .uuid),
        .always(
          "details",
          .list(.object([.maybe("errorCode", .string), .maybe("fieldName", .string)]))),
        .always("errors", .list(.map)),
        .maybe(
          "limit",
          .object([
            .maybe("key", .string), .maybe("namespace", .string), .maybe("value", .integer),
          ])),
      ])
    ),
    (
      "OAuthError",
      .object([
        .always("error", .string), .always("description", .string),
        .always("error_description", .string),
      ])
    ),
  ]

  private static let tokens: [Component] = [
    (
      "OAuthToken",
      .object([
        .always("access_token", .string), .always("token_type", .string),
        .always("expires_in", .count),
      ])
    ),
    (
      "TokenInfo",
      .object([
        .always("organization", .map), .always("homeOrganization", .map),
        .always("authorizedScope", .list(.string)), .always("OAuthClient", .map),
      ])
    ),
  ]

  private static let routingStatuses = RoutingStatus.allCases.map(\.rawValue)

  private static let users: [Component] = [
    (
      "User",
      .object([
        .always("id", .uuid), .always("name", .string), .always("email", .string),
        .always("username", .string), .always("state", .choice(["active"])),
        .always("version", .integer), .maybe("routingStatus", .named("RoutingStatus")),
        .maybe("presence", .named("UserPresence")), .always("selfUri", .string),
      ])
    ),
    ("UserEntityListing", listing("User")),
    (
      "RoutingStatus",
      .object([
        .always("userId", .uuid), .always("status", .choice(routingStatuses)),
        .maybe("startTime", .time),
      ])
    ),
    (
      "RoutingStatusRequest",
      .object([.always("status", .choice(routingStatuses))])
    ),
  ]

  private static let presence: [Component] = [
    (
      "SystemPresence",
      .object([.always("id", .uuid), .always("name", .string), .always("selfUri", .string)])
    ),
    (
      "PresenceDefinition",
      .object([
        .always("id", .uuid),
        .always("systemPresence", .choice(SystemPresence.allCases.map(\.rawValue))),
        .always("selfUri", .string),
      ])
    ),
    ("OrganizationPresenceDefinition", definition(isOlder: false)),
    ("OrganizationPresence", definition(isOlder: true)),
    (
      "OrganizationPresenceDefinitionEntityListing",
      .object([
        .always("total", .count),
        .always("entities", .list(.named("OrganizationPresenceDefinition"))),
        .always("selfUri", .string),
      ])
    ),
    ("OrganizationPresenceEntityListing", listing("OrganizationPresence")),
    (
      "UserPresence",
      .object([
        .always("id", .uuid), .always("source", .string), .always("primary", .boolean),
        .always("presenceDefinition", .named("PresenceDefinition")), .always("message", .string),
        .always("modifiedDate", .time), .always("selfUri", .string),
      ])
    ),
    (
      "UcUserPresence",
      .object([
        .always("id", .uuid), .always("userId", .uuid), .always("source", .string),
        .always("presenceDefinition", .named("PresenceDefinition")), .always("message", .string),
        .always("modifiedDate", .time), .always("selfUri", .string),
      ])
    ),
    (
      "UserPresenceRequest",
      .object([
        .maybe("presenceDefinition", .named("PresenceDefinitionRequest")),
        .maybe("message", .text),
      ])
    ),
    (
      "MutableUserPresence",
      .object([
        .always("id", .uuid), .maybe("presenceDefinition", .named("PresenceDefinitionRequest")),
        .maybe("message", .text),
      ])
    ),
    (
      "PresenceDefinitionRequest",
      .object([
        .maybe("id", .choice(SystemPresence.allCases.map(\.idText))),
        .maybe("systemPresence", .string),
      ])
    ),
  ]

  private static func definition(isOlder: Bool) -> Schema {
    .object([
      .always("id", .uuid), .always("name", .string), .always("languageLabels", .map),
      .always("systemPresence", .string), .always("deactivated", .boolean),
      isOlder ? .always("primary", .boolean) : .always("type", .choice(["System"])),
      .always("selfUri", .string),
    ])
  }

  private static let eventBatches: [Component] = [
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

  private static let conversations: [Component] = [
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

  private static let analytics: [Component] = [
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
      .object([
        .always("interval", .string),
        .maybe(
          "userFilters",
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

  private static let notifications: [Component] = [
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

  private static let workspace: [Component] = [
    (
      "WorkspaceEvent",
      .object([
        .always("sequence_id", Schema(json: ["type": "string", "minLength": 1, "maxLength": 32])),
        .always("timestamp", .time), .always("interaction_id", .uuid),
        .always("agent_id", .uuid), .always("state", .choice(WorkspaceAPI.states)),
        .always("event_type", .choice([WorkspaceAPI.eventType])),
      ])
    ),
    (
      "WorkspaceReceipt",
      .object([.always("accepted", .list(.string)), .always("duplicates", .list(.string))])
    ),
  ]

  private static let control: [Component] = [
    (
      "Journal",
      .object([
        .always(
          "entries",
          .list(
            .object([
              .always("number", .count), .always("time", .time),
              .always("correlationId", .uuid), .always("method", .string),
              .always("target", .string), .maybe("client", .string), .maybe("user", .uuid),
              .maybe("status", .integer(200...599)), .maybe("fault", .string),
              .maybe("attempt", .count),
              .maybe(
                "events",
                .list(
                  .object([
                    .always("eventId", .uuid),
                    .always(
                      "result",
                      .choice(["accepted", "duplicate", "refused", "untouched"])),
                  ]))),
              .maybe("effects", .list(.object([.always("type", .string)]))),
            ]))),
        .always("last", .count),
      ])
    ),
    ("Faults", Schema(json: SandboxFaults.options.schemaDocument(title: "Faults"))),
    (
      "Clock",
      .object([.always("now", .time), .always("ahead", .string)])
    ),
    ("ClockAdvance", .object([.always("advance", .string)])),
    ("UserTokenRequest", .object([.maybe("userId", .uuid)])),
  ]

  private static func listing(_ entity: String) -> Schema {
    .object([
      .always("entities", .list(.named(entity))), .always("pageSize", .count),
      .always("pageNumber", .count), .always("total", .count), .always("pageCount", .count),
      .always("selfUri", .string), .always("firstUri", .string), .always("lastUri", .string),
      .maybe("nextUri", .string), .maybe("previousUri", .string),
    ])
  }
}
