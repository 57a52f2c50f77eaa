import PatchbayJSON

/// What clients say on a notification socket.
///
/// `{"message": "ping"}` is answered by a pong, as `NotificationHandler.cs` of the official SDKs
/// sends it. `{"message": "subscribe", "topics": [...]}` adds topics, and `unsubscribe` takes them away;
/// that, and the words of the answers, are known from `genesys-notifications` 1.3 on PyPI alone.
enum SocketRequest {
  /// The answer; nil for none.
  static func answer(
    _ text: [UInt8], channel id: String, service: SandboxService
  ) -> String? {
    guard let request = try? JSONValue(parsing: text, limits: JSONLimits(depth: 8)) else {
      return NotificationHub.failure("400", "the message isn't JSON")
    }
    switch request["message"]?.string {
    case "ping":
      return #"{"topicName":"channel.metadata","eventBody":{"message":"pong"}}"#
    case "subscribe": return change(request, channel: id, service, status: "subscribed", adding)
    case "unsubscribe":
      return change(request, channel: id, service, status: "unsubscribed", removing)
    default:
      return NotificationHub.failure("400", "expected the message ping, subscribe or unsubscribe")
    }
  }

  /// Gives a channel other topics; says what came of it.
  private static func change(
    _ request: JSONValue, channel id: String, _ service: SandboxService, status: String,
    _ combine: @Sendable ([String], [String]) -> [String]
  ) -> String {
    let topics = (request["topics"]?.array ?? []).compactMap(\.string)
    guard !topics.isEmpty, topics.allSatisfy({ NotificationTopic.names(in: $0) != nil }) else {
      return NotificationHub.failure("400", "expected topics that exist")
    }
    let isDone = service.withModel { model -> Bool in
      let now = service.present(of: model)
      let all = combine(model.notifications.channels[id]?.topics ?? [], topics)
      guard all.count <= NotificationHub.topicLimit else { return false }
      model.notifications.subscribe(id, to: all, at: now)
      return true
    }
    if !isDone { return NotificationHub.failure("400", "too many topics") }
    var members: [JSONValue.Member] = [
      .init("result", "200"), .init("status", .string(status)),
      .init("topics", .array(topics.map { .string($0) })),
    ]
    if let correlation = request["correlationId"] {
      members.append(.init("correlationId", correlation))
    }
    return JSONValue.object(members).text()
  }

  @Sendable private static func adding(_ known: [String], _ topics: [String]) -> [String] {
    known + topics.filter { !known.contains($0) }
  }

  /// Topics that were asked for together may be left by themselves.
  @Sendable private static func removing(_ known: [String], _ topics: [String]) -> [String] {
    let names = Set(topics.flatMap { NotificationTopic.names(in: $0) ?? [] })
    return known.flatMap { topic -> [String] in
      let parts = NotificationTopic.names(in: topic) ?? []
      return names.isDisjoint(with: parts) ? [topic] : parts.filter { !names.contains($0) }
    }
  }
}
