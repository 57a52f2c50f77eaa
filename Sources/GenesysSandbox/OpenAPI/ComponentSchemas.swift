import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// The schemas that operations name.
enum ComponentSchemas {
  typealias Component = (name: String, schema: Schema)

  static let all: [Component] =
    errors + tokens + users + presence + eventBatches + routing + conversations + analytics
    + notifications + workspace + control

  static let byName = Dictionary(all.map { ($0.name, $0.schema) }) { first, _ in first }

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
        .always("expires_in", .count), .maybe("refresh_token", .string),
      ])
    ),
    (
      "TokenInfo",
      .object([
        .always("organization", .map), .always("homeOrganization", .map),
        .always("authorizedScope", .list(.string)), .always("OAuthClient", .map),
      ])
    ),
    (
      "AuthzSubject",
      .object([
        .always("id", .string), .always("name", .string),
        .always("grants", .list(.named("AuthzGrant"))), .always("version", .count),
        .always("selfUri", .string),
      ])
    ),
    (
      "DomainOrganizationRole",
      .object([
        .always("id", .uuid), .always("name", .string),
        .always("permissionPolicies", .list(.map)), .always("userCount", .count),
        .always("default", .boolean), .always("base", .boolean), .always("selfUri", .string),
      ])
    ),
    ("OrganizationRoleEntityListing", listing("DomainOrganizationRole")),
    (
      "DomainPermissionCollection",
      .object([
        .always("id", .string), .always("name", .string), .always("domain", .string),
        .always("permissionMap", .map), .always("selfUri", .string),
      ])
    ),
    ("PermissionCollectionEntityListing", listing("DomainPermissionCollection")),
    (
      "AuthzGrant",
      .object([
        .always("subjectId", .string), .always("division", .map),
        .always(
          "role",
          .object([
            .always("id", .uuid), .always("name", .string),
            .maybe(
              "policies",
              .list(
                .object([
                  .always("domain", .string), .always("entityName", .string),
                  .always("actions", .list(.string)),
                ]))),
            .always("selfUri", .string),
          ])),
      ])
    ),
  ]

  static let routingStatuses = RoutingStatus.allCases.map(\.rawValue)

  private static let users: [Component] = [
    (
      "User",
      .object([
        .always("id", .uuid), .always("name", .string), .always("email", .string),
        .always("username", .string), .always("state", .choice(["active", "inactive"])),
        .always("version", .integer), .maybe("title", .string), .maybe("department", .string),
        .always("addresses", .list(.map)), .maybe("routingStatus", .named("RoutingStatus")),
        .maybe("presence", .named("UserPresence")),
        .maybe("skills", .list(.named("UserRoutingSkill"))), .maybe("dateLastLogin", .time),
        .always("selfUri", .string),
      ])
    ),
    (
      "CreateUser",
      .object(
        [.always("name", .text), .always("email", .text), .maybe("password", .text)] + profile)
    ),
    (
      "UpdateUser",
      .object(
        [.always("version", .integer(1...Int.max)), .maybe("name", .text), .maybe("email", .text)]
          + profile)
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

  private static let profile: [Schema.Property] = [
    .maybe("title", .text), .maybe("department", .text),
    .maybe("state", .choice(["active", "inactive"])),
    .maybe(
      "addresses",
      .list(
        .object([
          .maybe("address", .text), .maybe("mediaType", .choice(["PHONE", "EMAIL", "SMS"])),
          .maybe("type", .choice(["WORK", "HOME", "MOBILE", "OTHER"])), .maybe("display", .text),
          .maybe("extension", .text), .maybe("countryCode", .text),
        ]))),
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
      isOlder ? .always("primary", .boolean) : .always("type", .choice(["System", "User"])),
      .always("selfUri", .string),
    ])
  }

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
              .maybe("kind", .choice(JournalEntry.Kind.allCases.map(\.rawValue))),
              .maybe("correlationId", .uuid), .maybe("method", .string),
              .maybe("target", .string), .maybe("userAgent", .string), .maybe("client", .string),
              .maybe("user", .uuid), .maybe("status", .integer(200...599)),
              .maybe("fault", .string), .maybe("attempt", .count),
              .maybe("event", .choice(SocketRecord.Event.allCases.map(\.rawValue))),
              .maybe("channelId", .string), .maybe("message", .string),
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
              .maybe("requestBody", .any), .maybe("responseBody", .any),
            ]))),
        .always("last", .count), .always("latest", .count),
      ])
    ),
    (
      "NotificationRecords",
      .object([
        .always(
          "entries",
          .list(
            .object([
              .always("number", .count), .always("time", .time), .always("channelId", .string),
              .always("topic", .string), .always("correlationId", .uuid),
              .always("change", .object([.always("type", .string)])),
              .always("outcome", .choice(NotificationRecord.Outcome.allCases.map(\.rawValue))),
              .always("places", .list(.count)), .always("body", .map),
            ]))),
        .always("last", .count), .always("latest", .count),
      ])
    ),
    (
      "PlacedCall",
      .object([
        .always("conversationId", .uuid), .maybe("customer", placedPart),
        .maybe("acd", placedPart), .maybe("agent", placedPart),
      ])
    ),
    ("NextFaults", .object([.always("faults", .list(.map))])),
    ("Faults", Schema(json: SandboxFaults.options.embeddedSchema(title: "Faults"))),
    (
      "Clock",
      .object([.always("now", .time), .always("ahead", .string)])
    ),
  ]

  private static let placedPart: Schema = .object([
    .always("participantId", .uuid), .always("communicationId", .uuid), .maybe("userId", .uuid),
    .maybe("queueId", .uuid), .always("state", .string),
  ])

  static func listing(_ entity: String) -> Schema {
    .object([
      .always("entities", .list(.named(entity))), .always("pageSize", .count),
      .always("pageNumber", .count), .always("total", .count), .always("pageCount", .count),
      .always("selfUri", .string), .always("firstUri", .string), .always("lastUri", .string),
      .maybe("nextUri", .string), .maybe("previousUri", .string),
    ])
  }
}
