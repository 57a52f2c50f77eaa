import ContactModel
import PatchbayJSON

/// The schemas of queues, wrap-up codes and skills.
extension ComponentSchemas {
  static let routing: [Component] = [
    (
      "Queue",
      .object([
        .always("id", .uuid), .always("name", .string), .maybe("description", .string),
        .always("dateCreated", .time), .always("dateModified", .time),
        .always("memberCount", .count), .always("joinedMemberCount", .count),
        .always("mediaSettings", .map), .always("acwSettings", acwSettings),
        .always("selfUri", .string),
      ])
    ),
    ("QueueEntityListing", listing("Queue")),
    (
      "CreateQueueRequest",
      .object([
        .always("name", Schema(json: ["type": "string", "minLength": 1, "maxLength": 256])),
        .maybe("description", .text), .maybe("acwSettings", acwSettings),
        .maybe(
          "mediaSettings",
          .object([
            .maybe("call", .object([.maybe("alertingTimeoutSeconds", .integer(1...3_600))]))
          ])),
      ])
    ),
    (
      "QueueMember",
      .object([
        .always("id", .uuid), .always("name", .string), .always("user", .named("User")),
        .always("ringNumber", .count), .always("joined", .boolean),
        .always("memberBy", .string), .always("routingStatus", .named("RoutingStatus")),
        .always("selfUri", .string),
      ])
    ),
    (
      "QueueMemberEntityListing",
      .object([
        .always("entities", .list(.named("QueueMember"))), .always("pageNumber", .count),
        .always("pageSize", .count), .always("firstUri", .string), .always("selfUri", .string),
        .maybe("nextUri", .string), .maybe("previousUri", .string),
      ])
    ),
    (
      "QueueMemberRequest",
      .object([
        .maybe("id", .uuid), .maybe("joined", .boolean), .maybe("ringNumber", .integer(1...6)),
      ])
    ),
    (
      "WrapupCode",
      .object([.always("id", .uuid), .always("name", .string), .always("selfUri", .string)])
    ),
    ("WrapupCodeEntityListing", listing("WrapupCode")),
    (
      "RoutingSkill",
      .object([
        .always("id", .uuid), .always("name", .string), .always("state", .choice(["active"])),
        .always("selfUri", .string),
      ])
    ),
    ("SkillEntityListing", listing("RoutingSkill")),
    (
      "UserRoutingSkill",
      .object([
        .always("id", .uuid), .always("name", .string), .always("proficiency", .number),
        .always("state", .choice(["active"])), .always("selfUri", .string),
      ])
    ),
    ("UserSkillEntityListing", listing("UserRoutingSkill")),
  ]

  private static let acwSettings: Schema = .object([
    .maybe("wrapupPrompt", .choice(AfterCallWorkPrompt.allCases.map(\.queueName))),
    .maybe("timeoutMs", .integer(1_000...900_000)),
  ])
}
