import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Channels and what they are subscribed to.
extension Operation {
  static let notifications: [Operation] = [
    Operation(
      .get, "/api/v2/notifications/availabletopics",
      doc: OperationDoc(
        "getNotificationsAvailabletopics", "Lists what channels can subscribe to.",
        tag: "Notifications",
        query: [.init("expand", .string, doc: "Accepted, for clients that send it.")],
        success: [200: .named("AvailableTopicEntityListing")])
    ) { _, _ throws(Refusal) in
      Work { _ throws(Refusal) in
        Answer(
          status: 200,
          body: [
            "entities": .array(
              NotificationTopic.allCases.map {
                [
                  "description": .string($0.doc), "id": .string($0.rawValue),
                  "requiresPermissions": [], "transports": ["Websocket"],
                  "topicParameters": ["id"],
                ]
              })
          ])
      }
    },
    Operation(
      .post, "/api/v2/notifications/channels",
      doc: OperationDoc(
        "postNotificationsChannels", "Makes a channel, whose socket is at `connectUri`.",
        tag: "Notifications", body: .any, isBodyOptional: true,
        success: [200: .named("Channel")])
    ) { call, service throws(Refusal) in
      let owner = try owner(call)
      let token = call.caller?.token ?? ""
      return Work { model throws(Refusal) in
        let channel = model.notifications.open(
          for: owner, token: token,
          endingAt: model.tokens.grant(token)?.expiresAt ?? Timestamp(nanoseconds: .max),
          at: call.now, ids: service.credentialIDs)
        return Answer(status: 200, body: channel.json(service.notificationURL))
      }
    },
    Operation(
      .get, "/api/v2/notifications/channels",
      doc: OperationDoc(
        "getNotificationsChannels", "Lists the caller's channels.", tag: "Notifications",
        query: [.init("includechannels", .string, doc: "Accepted, for clients that send it.")],
        success: [200: .named("ChannelEntityListing")])
    ) { call, service throws(Refusal) in
      let owner = try owner(call)
      return Work { model throws(Refusal) in
        let channels = model.notifications.channels(of: owner, at: call.now)
        return Answer(
          status: 200,
          body: ["entities": .array(channels.map { $0.json(service.notificationURL) })])
      }
    },
    Operation(
      .head, "/api/v2/notifications/channels/{channelId}",
      doc: OperationDoc(
        "headNotificationsChannel", "Says whether a channel is there.", tag: "Notifications",
        success: [200: nil], refusals: [404])
    ) { call, _ throws(Refusal) in
      try onChannel(call) { _, _ throws(Refusal) in Answer(status: 200) }
    },
    Operation(
      .get, "/api/v2/notifications/channels/{channelId}/subscriptions",
      doc: OperationDoc(
        "getNotificationsChannelSubscriptions", "Lists a channel's topics.",
        tag: "Notifications", success: [200: .named("ChannelTopicEntityListing")],
        refusals: [404])
    ) { call, _ throws(Refusal) in
      try onChannel(call) { channel, _ throws(Refusal) in
        Answer(status: 200, body: TopicWish.listing(channel.topics))
      }
    },
    subscribe(.post, "postNotificationsChannelSubscriptions", "Adds topics to a channel."),
    subscribe(.put, "putNotificationsChannelSubscriptions", "Replaces a channel's topics."),
    Operation(
      .delete, "/api/v2/notifications/channels/{channelId}/subscriptions",
      doc: OperationDoc(
        "deleteNotificationsChannelSubscriptions", "Takes all topics from a channel.",
        tag: "Notifications", success: [200: nil], refusals: [404])
    ) { call, _ throws(Refusal) in
      try onChannel(call) { channel, model throws(Refusal) in
        model.notifications.subscribe(channel.id, to: [], at: call.now)
        return Answer(status: 200)
      }
    },
  ]

  private static func subscribe(
    _ method: HTTPRequest.Method, _ id: String, _ summary: String
  ) -> Operation {
    Operation(
      method, "/api/v2/notifications/channels/{channelId}/subscriptions",
      doc: OperationDoc(
        id, summary, tag: "Notifications",
        query: [
          .init(
            "ignoreErrors", .boolean,
            doc: "Whether topics that don't exist are rejected one by one, not all with 400.")
        ],
        body: .list(.named("ChannelTopicRequest")),
        success: [200: .named("ChannelTopicEntityListing")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let isLenient = try call.query().flag("ignoreErrors")
      let wishes = try TopicWish.read(call.json())
      let unknown = wishes.filter { !$0.isKnown }
      if !isLenient, let first = unknown.first {
        throw .invalidField("id", "there is no topic [\(first.id.shortened(to: 128))]")
      }
      return try onChannel(call) { channel, model throws(Refusal) in
        var topics = method == .put ? [] : channel.topics
        for wish in wishes where wish.isKnown && !topics.contains(wish.id) {
          topics.append(wish.id)
        }
        if topics.count > NotificationHub.topicLimit {
          throw .badRequest(
            "\(topics.count) topics are more than the \(NotificationHub.topicLimit) of a channel")
        }
        model.notifications.subscribe(channel.id, to: topics, at: call.now)
        return Answer(
          status: 200,
          body: TopicWish.listing(topics, rejected: unknown.map(\.id)))
      }
    }
  }

  private static func onChannel(
    _ call: Call,
    _ body:
      @escaping (NotificationHub.Channel, inout SandboxModel) throws(Refusal) -> Answer
  ) throws(Refusal) -> Work {
    let owner = try owner(call)
    let id = call.parameters["channelId"] ?? ""
    return Work { model throws(Refusal) in
      guard let channel = model.notifications.channel(id, of: owner, at: call.now) else {
        throw .notFound
      }
      return try body(channel, &model)
    }
  }

  private static func owner(_ call: Call) throws(Refusal) -> NotificationHub.Owner {
    guard let caller = call.caller else { throw .authenticationRequired }
    return .init(client: caller.client, user: caller.user)
  }
}

/// A topic that a request asks for.
struct TopicWish {
  let id: String
  let isKnown: Bool

  static func read(_ body: JSONValue) throws(Refusal) -> [TopicWish] {
    guard let elements = body.array else {
      throw .badRequest("expected an array of topics, found \(body.kind)")
    }
    var wishes: [TopicWish] = []
    for (index, element) in elements.enumerated() {
      let fields = try BodyFields(element, at: "[\(index)]")
      let id = try fields.required("id", fields.string("id"))
      wishes.append(TopicWish(id: id, isKnown: NotificationTopic.names(in: id) != nil))
    }
    return wishes
  }

  /// `ChannelTopicEntityListing`.
  static func listing(_ topics: [String], rejected: [String] = []) -> JSONValue {
    [
      "entities": .array(
        topics.map {
          [
            "id": .string($0), "state": "Permitted",
            "selfUri": .string("/api/v2/notifications/availabletopics/\($0)"),
          ]
        }
          + rejected.map {
            [
              "id": .string($0), "state": "Rejected", "rejectionReason": "there is no such topic",
              "missingPermissions": [],
            ]
          })
    ]
  }
}

extension NotificationHub.Channel {
  /// `Channel`.
  func json(_ baseURL: String) -> JSONValue {
    [
      "connectUri": .string("\(baseURL)/channels/\(id)"), "id": .string(id),
      "expires": .string(expires.platformText),
    ]
  }
}
