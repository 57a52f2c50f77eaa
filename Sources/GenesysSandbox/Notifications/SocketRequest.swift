import PatchbayJSON

/// What clients say on a notification socket.
///
/// `{"message": "ping"}` is answered by a pong, as `NotificationHandler.cs` of the official SDKs
/// sends it. `{"message": "subscribe", "topics": [...]}` adds topics; that, and the words of
/// its answers, are known from `genesys-notifications` 1.3 on PyPI alone.
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
    case "subscribe":
      let topics = (request["topics"]?.array ?? []).compactMap(\.string)
      guard !topics.isEmpty, topics.allSatisfy({ NotificationTopic.names(in: $0) != nil }) else {
        return NotificationHub.failure("400", "expected topics that exist")
      }
      let isDone = service.withModel { model -> Bool in
        let now = service.present(of: model)
        let known = model.notifications.channels[id]?.topics ?? []
        let all = known + topics.filter { !known.contains($0) }
        guard all.count <= NotificationHub.topicLimit else { return false }
        model.notifications.subscribe(id, to: all, at: now)
        return true
      }
      if !isDone { return NotificationHub.failure("400", "too many topics") }
      var members: [JSONValue.Member] = [
        .init("result", "200"), .init("status", "subscribed"),
        .init("topics", .array(topics.map { .string($0) })),
      ]
      if let correlation = request["correlationId"] {
        members.append(.init("correlationId", correlation))
      }
      return JSONValue.object(members).text()
    default:
      return NotificationHub.failure("400", "expected the message ping or subscribe")
    }
  }
}
