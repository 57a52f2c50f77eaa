import ContactModel
import PatchbayJSON

/// The schemas of injected events, and of what becomes of them.
extension ComponentSchemas {
  static let eventBatches: [Component] =
    [
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
    ] + conversationEvents

  private static func events(_ properties: [Schema.Property]) -> Schema {
    .list(
      .object([.always("eventId", .uuid), .always("eventDateTime", .time)] + properties),
      minimum: 1, maximum: PlatformEventReader.limit)
  }
}
